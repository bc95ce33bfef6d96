package dev.lintel.challenge;

import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import java.util.Random;

/**
 * Five points of a head in space, in distances of the eyes, seen by a camera half a metre away, or of a picture of one. Angles in
 * degrees as {@link HeadPose} has them.
 *
 * @param x place in pixels
 * @param size distance of the eyes in pixels
 * @param flat whether it is a sheet: then turning it only foreshortens it
 */
public record Head(double x, double y, double size, double yaw, double pitch, double roll, boolean flat) {
    private static final double[][] POINTS = {
        {-0.5, 0, 0}, {0.5, 0, 0}, {0, 0.635, -0.6}, {-0.41, 1.155, -0.05}, {0.41, 1.155, -0.05}
    };

    /** What a head turns about lies behind the face and below the eyes; a sheet is turned about its middle. */
    private static final double[] NECK = {0, 0.8, 1.1};

    private static final double[] MIDDLE = {0, 0.6, 0};

    /** Distance of the camera in distances of the eyes: 6.3 cm each. */
    private static final double AWAY = 9;

    /** The landmarks' noise in distances of the eyes, as MotionEvidence found it on films. */
    static final double NOISE = 0.008;

    public static Head still(double x, double y, double size) {
        return new Head(x, y, size, 0, 0, 0, false);
    }

    public Head turned(double toYaw, double toPitch, double nearer) {
        return new Head(x, y, size * nearer, toYaw, toPitch, roll, flat);
    }

    public Head moved(double dx, double dy, double scale, double dYaw, double dPitch, double dRoll) {
        return new Head(x + dx * size, y + dy * size, size * scale, yaw + dYaw, pitch + dPitch, roll + dRoll, flat);
    }

    public Landmarks seen(Random random) {
        Point[] points = new Point[5];
        double[] pivot = flat ? MIDDLE : NECK;
        for (int i = 0; i < 5; i++) {
            double px = POINTS[i][0] - pivot[0];
            double py = POINTS[i][1] - pivot[1];
            double pz = (flat ? 0 : POINTS[i][2]) - pivot[2];
            double a = Math.toRadians(yaw);
            // A nose that points to the picture's right comes from a negative z there.
            double x1 = px * Math.cos(a) - pz * Math.sin(a);
            double z1 = px * Math.sin(a) + pz * Math.cos(a);
            double b = Math.toRadians(pitch);
            double y2 = py * Math.cos(b) - z1 * Math.sin(b);
            double z2 = py * Math.sin(b) + z1 * Math.cos(b);
            double c = Math.toRadians(roll);
            double x3 = x1 * Math.cos(c) - y2 * Math.sin(c);
            double y3 = x1 * Math.sin(c) + y2 * Math.cos(c);
            double depth = AWAY / (AWAY + z2 + pivot[2]);
            points[i] =
                    new Point((float) (x + size * ((x3 + pivot[0]) * depth + NOISE * random.nextGaussian())), (float)
                            (y + size * ((y3 + pivot[1]) * depth + NOISE * random.nextGaussian())));
        }
        return new Landmarks(points[0], points[1], points[2], points[3], points[4]);
    }
}
