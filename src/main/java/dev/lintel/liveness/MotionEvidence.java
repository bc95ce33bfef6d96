package dev.lintel.liveness;

import dev.lintel.access.Reason;
import dev.lintel.face.Landmarks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How the landmarks move against each other: whether the nose stands before the plane of eyes and mouth, see {@link
 * FaceShape}. A photo that is turned betrays itself: it is foreshortened, but the nose stays where it was.
 *
 * <p>A video of a head on a screen has depth as well: it tells a face from a photo, not from a video.
 */
final class MotionEvidence {
    /**
     * Standard deviation of the nose's place, in distances of the eyes, up to which it may be the landmarks' own noise. Set
     * on five clips, in windows of 16 usable views: at most 0.008 for a phone held up, 0.017 for a drawn sheet that is
     * carried and turned, 0.026 for somebody who sits still. Small faces that are not usable have more noise.
     */
    static final double NOISE = 0.022;

    /** From here on it counts fully: a drawn head that turns by 24 degrees reaches 0.042, a real one by 40 degrees 0.19 and more. */
    static final double DEPTH = 0.06;

    /** Largest ratio of the affine map's stretches that counts as foreshortened: by 21 degrees. */
    private static final double FORESHORTENED = 0.93;

    /** What the affine map may leave over, in distances of the eyes: a smile leaves more. */
    private static final double RESIDUAL = 0.025;

    /** How far a nose moves against the plane for the sine of the turn, and the share of it below which nothing stands out. */
    private static final double NOSE_DEPTH = 0.4;

    private static final double FLAT = 0.35;

    private static final int LEAST_PAIRS = 3;
    private static final double FOR_DEPTH = 2;
    private static final double FOR_PLANE = -6;

    private MotionEvidence() {}

    static Evidence of(List<Landmarks> frames) {
        List<FaceShape> shapes =
                frames.stream().map(FaceShape::of).filter(Objects::nonNull).toList();
        if (shapes.size() < 3) {
            return Evidence.NONE;
        }
        Evidence plane = plane(shapes);
        double depth = spread(shapes);
        if (plane.says() || depth <= NOISE) {
            return plane;
        }
        double sure = Math.min(1, (depth - NOISE) / (DEPTH - NOISE));
        return new Evidence(FOR_DEPTH * sure, Reason.found("depth", "percent", 100 * depth));
    }

    /** Standard deviation of the nose's place, in distances of the eyes. */
    static double spread(List<FaceShape> shapes) {
        double x = shapes.stream().mapToDouble(s -> s.nose()[0]).average().orElse(0);
        double y = shapes.stream().mapToDouble(s -> s.nose()[1]).average().orElse(0);
        return Math.sqrt(shapes.stream()
                .mapToDouble(s -> Math.pow(s.nose()[0] - x, 2) + Math.pow(s.nose()[1] - y, 2))
                .average()
                .orElse(0));
    }

    private static Evidence plane(List<FaceShape> shapes) {
        double strongest = 1;
        double[] depths = new double[shapes.size() * shapes.size()];
        int n = 0;
        for (FaceShape from : shapes) {
            for (FaceShape to : shapes) {
                double[] fit = from.affineTo(to);
                if (fit[0] <= FORESHORTENED && fit[1] <= RESIDUAL) {
                    depths[n++] = from.noseDistance(to) / (NOSE_DEPTH * Math.sqrt(1 - fit[0] * fit[0]));
                    strongest = Math.min(strongest, fit[0]);
                }
            }
        }
        Arrays.sort(depths, 0, n);
        return n >= LEAST_PAIRS && depths[n / 2] <= FLAT
                ? new Evidence(FOR_PLANE, Reason.found("flat", "percent", 100 * (1 - strongest)))
                : Evidence.NONE;
    }
}
