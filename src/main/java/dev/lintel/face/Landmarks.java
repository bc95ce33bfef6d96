package dev.lintel.face;

import java.io.Serializable;
import java.util.stream.Stream;

/**
 * The five points that alignment needs, in pixels of the upright image. "Left" and "right" are the
 * viewer's: {@code leftEye} has the smaller x in an upright frontal face.
 */
public record Landmarks(Point leftEye, Point rightEye, Point nose, Point mouthLeft, Point mouthRight)
        implements Serializable {

    /** How many points these are. */
    public static final int COUNT = 5;

    public record Point(float x, float y) implements Serializable {

        public double distanceTo(Point other) {
            return Math.hypot(x - other.x, y - other.y);
        }
    }

    /** All five, in the order of the fields. */
    public Stream<Point> points() {
        return Stream.of(leftEye, rightEye, nose, mouthLeft, mouthRight);
    }

    /** Distance of the eyes' centres in pixels. */
    public double interocularDistance() {
        return leftEye.distanceTo(rightEye);
    }

    /** Tilt in the image plane in degrees, -180..180, positive clockwise: the slope of the line between the eyes. */
    public double roll() {
        return Math.toDegrees(Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x));
    }

    public Landmarks scaled(float factor) {
        return new Landmarks(
                scale(leftEye, factor),
                scale(rightEye, factor),
                scale(nose, factor),
                scale(mouthLeft, factor),
                scale(mouthRight, factor));
    }

    private static Point scale(Point p, float factor) {
        return new Point(p.x() * factor, p.y() * factor);
    }
}
