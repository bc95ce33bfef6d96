package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Quality;
import dev.lintel.face.Quality.Issue;
import dev.lintel.face.Quality.Kind;
import java.util.ArrayList;
import java.util.List;

/** Measures how usable a face is. Plain Java, thread-safe. */
final class QualityAssessor {
    /** How far the nose's tip stands before the plane of the eyes, in interocular distances. */
    private static final double NOSE_DEPTH = 0.6;

    /**
     * Where the nose's tip lies between eyes (0) and mouth (1) in a level face: the median of 320 press photos, at
     * which the estimated pitch is 0.
     */
    private static final double NOSE_LEVEL = 0.55;

    /** Distance from eyes to mouth in interocular distances, from ArcFace's template. */
    private static final double FACE_HEIGHT = 1.155;

    private final QualityConfig limits;

    QualityAssessor(QualityConfig limits) {
        this.limits = limits;
    }

    /**
     * @param box and {@code landmarks}: in pixels of the original image
     * @param aligned the face on the template
     * @param inside how many of the landmarks lie in the picture
     * @param intact the share of the picture that is in its data
     * @param shown whether the face lies in that part
     */
    Quality assess(FaceBox box, Landmarks landmarks, FaceCrop aligned, int inside, double intact, boolean shown) {
        int size = Math.round(Math.min(box.width(), box.height()));
        double[] pose = pose(landmarks);
        double[] light = light(aligned, FaceArea.of(landmarks));
        List<Issue> issues = new ArrayList<>();
        double score = shown && inside == Landmarks.COUNT ? 1 : 0;
        if (!shown || intact < limits.minIntact()) {
            issues.add(new Issue(Kind.INCOMPLETE, 100 * intact, 100 * limits.minIntact()));
        }
        if (inside < Landmarks.COUNT) {
            issues.add(new Issue(Kind.CUT_OFF, inside, Landmarks.COUNT));
        }
        score = Math.min(score, atLeast(Kind.TOO_SMALL, size, limits.minFaceSize(), issues));
        score = Math.min(score, atMost(Kind.TURNED_AWAY, Math.abs(pose[0]), limits.maxYaw(), issues));
        score = Math.min(score, atMost(Kind.NODDING, Math.abs(pose[1]), limits.maxPitch(), issues));
        score = Math.min(score, atMost(Kind.TILTED, Math.abs(pose[2]), limits.maxRoll(), issues));
        score = Math.min(score, atLeast(Kind.BLURRED, light[0], limits.minSharpness(), issues));
        score = Math.min(score, atLeast(Kind.TOO_DARK, light[1], limits.minBrightness(), issues));
        score = Math.min(score, atMost(Kind.TOO_BRIGHT, light[1], limits.maxBrightness(), issues));
        score = Math.min(score, atLeast(Kind.LOW_CONTRAST, light[2], limits.minContrast(), issues));
        return new Quality(score, size, pose[0], pose[1], pose[2], light[0], light[1], light[2], issues);
    }

    /** 1 from twice the limit on, 0.5 at the limit, 0 at nothing. */
    private static double atLeast(Kind kind, double value, double limit, List<Issue> issues) {
        if (value < limit) {
            issues.add(new Issue(kind, value, limit));
        }
        return limit <= 0 ? 1 : Math.min(1, value / (2 * limit));
    }

    /** 1 at nothing, 0.5 at the limit, 0 from twice the limit on. */
    private static double atMost(Kind kind, double value, double limit, List<Issue> issues) {
        if (value > limit) {
            issues.add(new Issue(kind, value, limit));
        }
        return Math.max(0, 1 - value / (2 * limit));
    }

    /** Yaw, pitch, roll in degrees from where the nose lies among eyes and mouth. */
    private static double[] pose(Landmarks l) {
        double roll = Math.toRadians(l.roll());
        double eyesX = (l.leftEye().x() + l.rightEye().x()) / 2;
        double eyesY = (l.leftEye().y() + l.rightEye().y()) / 2;
        double mouthX = (l.mouthLeft().x() + l.mouthRight().x()) / 2;
        double mouthY = (l.mouthLeft().y() + l.mouthRight().y()) / 2;
        Point nose = level(l.nose(), eyesX, eyesY, roll);
        double mouth = Math.max(
                1e-3,
                level(new Point((float) mouthX, (float) mouthY), eyesX, eyesY, roll)
                        .y());
        double eyes = Math.max(1e-3, l.interocularDistance());
        double yaw = Math.atan(nose.x() / eyes / NOSE_DEPTH);
        double pitch = Math.atan((nose.y() / mouth - NOSE_LEVEL) * FACE_HEIGHT / NOSE_DEPTH);
        return new double[] {Math.toDegrees(yaw), Math.toDegrees(pitch), Math.toDegrees(roll)};
    }

    /** The point relative to the middle of the eyes, turned so that the eyes are level. */
    private static Point level(Point p, double x0, double y0, double roll) {
        double x = p.x() - x0;
        double y = p.y() - y0;
        return new Point(
                (float) (x * Math.cos(roll) + y * Math.sin(roll)), (float) (-x * Math.sin(roll) + y * Math.cos(roll)));
    }

    /** Sharpness over the crop; mean and standard deviation of the luma inside the face. */
    private static double[] light(FaceCrop crop, FaceArea area) {
        int[] grey = luma(crop);
        double[] sums = new double[2];
        area.each(i -> {
            sums[0] += grey[i];
            sums[1] += (double) grey[i] * grey[i];
        });
        int n = Math.max(1, area.pixels());
        double mean = sums[0] / n;
        double variance = Math.max(0, sums[1] / n - mean * mean);
        return new double[] {sharpness(grey, crop.side()), mean, Math.sqrt(variance)};
    }

    /**
     * Four times the smaller variance of the second differences along rows and along columns, grey levels squared: a
     * focus measure like the variance of the Laplacian, which a picture that is blurred along one axis only, by motion,
     * does not pass.
     */
    private static double sharpness(int[] grey, int side) {
        double[] along = new double[4];
        for (int y = 1; y < side - 1; y++) {
            for (int i = y * side + 1; i < (y + 1) * side - 1; i++) {
                int row = grey[i - 1] + grey[i + 1] - 2 * grey[i];
                int column = grey[i - side] + grey[i + side] - 2 * grey[i];
                along[0] += row;
                along[1] += (double) row * row;
                along[2] += column;
                along[3] += (double) column * column;
            }
        }
        double n = (double) (side - 2) * (side - 2);
        double rows = along[1] / n - Math.pow(along[0] / n, 2);
        double columns = along[3] / n - Math.pow(along[2] / n, 2);
        return 4 * Math.min(rows, columns);
    }

    private static int[] luma(FaceCrop crop) {
        byte[] rgb = crop.rgb();
        int[] grey = new int[crop.side() * crop.side()];
        for (int i = 0, j = 0; i < grey.length; i++, j += 3) {
            grey[i] = (77 * (rgb[j] & 0xff) + 150 * (rgb[j + 1] & 0xff) + 29 * (rgb[j + 2] & 0xff) + 128) >> 8;
        }
        return grey;
    }
}
