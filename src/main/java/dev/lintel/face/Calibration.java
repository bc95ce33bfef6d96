package dev.lintel.face;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * What a model's cosine similarities mean: the map to the distance scale that users know (0 is identical,
 * {@value #DEFAULT_DISTANCE} the default operating point), and the false match rate at each similarity as
 * measured for the model pack.
 *
 * <p>{@code distance = 0.6 * |a - b| / |a - b|*}, the Euclidean distance of the unit vectors scaled so that
 * the pack's operating point lies at 0.6: strictly falling in the similarity, 0 at similarity 1.
 *
 * @param similarityAtDefault cosine similarity that corresponds to distance 0.6, in (-1, 1)
 * @param thresholds measured points of the false match rate curve, at least two
 */
public record Calibration(double similarityAtDefault, List<Point> thresholds) implements Serializable {

    /** Distance of the default operating point, as in the seed service (dlib's convention). */
    public static final double DEFAULT_DISTANCE = 0.6;

    /** At cosine similarity {@code similarity} and above, {@code fmr} of the impostor pairs match. */
    public record Point(double fmr, double similarity) implements Serializable {}

    public Calibration {
        if (!(similarityAtDefault > -1 && similarityAtDefault < 1)) {
            throw new IllegalArgumentException(
                    "similarityAtDefault: must lie between -1 and 1, was " + similarityAtDefault);
        }
        if (thresholds.size() < 2) {
            throw new IllegalArgumentException("thresholds: at least two points are needed");
        }
        thresholds = thresholds.stream()
                .sorted(Comparator.comparingDouble(Point::fmr).reversed())
                .toList();
        for (int i = 0; i < thresholds.size(); i++) {
            Point p = thresholds.get(i);
            if (!(p.fmr > 0 && p.fmr < 1) || (i > 0 && !(p.similarity > thresholds.get(i - 1).similarity))) {
                throw new IllegalArgumentException(
                        "thresholds: fmr must lie in (0,1) and similarity must rise as fmr falls");
            }
        }
    }

    public double toDistance(double similarity) {
        double clipped = Math.max(-1, Math.min(1, similarity));
        return DEFAULT_DISTANCE * Math.sqrt((1 - clipped) / (1 - similarityAtDefault));
    }

    /** Inverse of {@link #toDistance}; below -1 for distances that no pair can reach (everything matches). */
    public double toSimilarity(double distance) {
        double ratio = distance / DEFAULT_DISTANCE;
        return 1 - ratio * ratio * (1 - similarityAtDefault);
    }

    /** The similarity at which the false match rate is {@code fmr}: linear in log10(fmr), extrapolated at both ends. */
    public double similarityAtFmr(double fmr) {
        int i = 1;
        while (i < thresholds.size() - 1 && thresholds.get(i).fmr > fmr) {
            i++;
        }
        Point a = thresholds.get(i - 1);
        Point b = thresholds.get(i);
        double t = (Math.log10(fmr) - Math.log10(a.fmr)) / (Math.log10(b.fmr) - Math.log10(a.fmr));
        return Math.min(0.999, a.similarity + t * (b.similarity - a.similarity));
    }

    /** Whether {@code fmr} lies below what was measured, so that its threshold is an extrapolation. */
    public boolean extrapolated(double fmr) {
        return fmr < thresholds.get(thresholds.size() - 1).fmr;
    }
}
