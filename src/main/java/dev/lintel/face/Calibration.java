package dev.lintel.face;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What a model's cosine similarities mean: the map to the distance scale that users know (0 is identical,
 * {@value #DEFAULT_DISTANCE} the default operating point), and the false match rate at each similarity as
 * measured for the model pack.
 *
 * <p>{@code distance = 0.6 * |a - b| / |a - b|*}, the Euclidean distance of the unit vectors scaled so that
 * the pack's operating point lies at 0.6: strictly falling in the similarity, 0 at similarity 1.
 *
 * @param similarityAtDefault cosine similarity that corresponds to distance 0.6, in (-1, 1)
 * @param thresholds measured points of the false match rate curve of one look at one template, at least two
 * @param looks the same for several looks or several templates of a person: averages of strangers are more alike than single pictures
 *     of them. For each number of looks, also one, the same numbers of templates. May be empty
 * @param likeness mean similarity of two pictures of one person, 0..1; counts where there are {@code looks}
 */
public record Calibration(double similarityAtDefault, List<Point> thresholds, List<Looks> looks, double likeness)
        implements Serializable {

    /** Distance of the default operating point, as in the seed service (dlib's convention). */
    public static final double DEFAULT_DISTANCE = 0.6;

    /** No threshold is above what the same face reaches. */
    private static final double HIGHEST = 0.999;

    /** At cosine similarity {@code similarity} and above, {@code fmr} of the impostor pairs match. */
    public record Point(double fmr, double similarity) implements Serializable {}

    /**
     * The curve of a score that was made of so many.
     *
     * @param n looks, 1 or more
     * @param templates of the person, 1 or more; not both 1
     */
    public record Looks(int n, int templates, List<Point> thresholds) implements Serializable {
        public Looks {
            if (n < 1 || templates < 1 || n * templates == 1) {
                throw new IllegalArgumentException(
                        "looks: n and templates must be 1 or more, not both 1: that is thresholds itself");
            }
            thresholds = checked(thresholds == null ? List.of() : thresholds);
        }
    }

    public Calibration {
        if (!(similarityAtDefault > -1 && similarityAtDefault < 1)) {
            throw new IllegalArgumentException(
                    "similarityAtDefault: must lie between -1 and 1, was " + similarityAtDefault);
        }
        thresholds = checked(thresholds);
        looks = List.copyOf(looks);
        if (!(likeness >= 0 && likeness < 1)) {
            throw new IllegalArgumentException("likeness: must be 0 or more and below 1, was " + likeness);
        }
        long nodes = looks.stream()
                .map(one -> List.of(one.n, one.templates))
                .distinct()
                .count();
        if (nodes != looks.size()
                || nodes + 1
                                != (long) axis(looks, Looks::n).size()
                                        * axis(looks, Looks::templates).size()
                        && !looks.isEmpty()) {
            throw new IllegalArgumentException(
                    "looks: each number of looks, also 1, needs the same numbers of templates, also 1, once");
        }
    }

    /** Of single looks and templates. */
    public Calibration(double similarityAtDefault, List<Point> thresholds) {
        this(similarityAtDefault, thresholds, List.of(), 0);
    }

    private static List<Point> checked(List<Point> thresholds) {
        if (thresholds.size() < 2) {
            throw new IllegalArgumentException("thresholds: at least two points are needed");
        }
        List<Point> sorted = thresholds.stream()
                .sorted(Comparator.comparingDouble(Point::fmr).reversed())
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            Point p = sorted.get(i);
            if (!(p.fmr > 0 && p.fmr < 1) || (i > 0 && !(p.similarity > sorted.get(i - 1).similarity))) {
                throw new IllegalArgumentException(
                        "thresholds: fmr must lie in (0,1) and similarity must rise as fmr falls");
            }
        }
        return sorted;
    }

    private static List<Integer> axis(List<Looks> looks, ToIntFunction<Looks> number) {
        return IntStream.concat(IntStream.of(1), looks.stream().mapToInt(number))
                .distinct()
                .sorted()
                .boxed()
                .toList();
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

    /** The similarity at which the false match rate of one look at one template is {@code fmr}. */
    public double similarityAtFmr(double fmr) {
        return at(thresholds, fmr);
    }

    /**
     * The similarity at which the false match rate of a score is {@code fmr}. Between what was measured, and beyond, it is linear in
     * the logarithms. Where only single looks were measured: the similarities of the looks must reach that threshold on average, and
     * every template counts as a comparison of its own.
     *
     * @param count how many looks, and how different
     * @param templates of the person, 1 or more; an average for many people
     */
    public double similarityAtFmr(double fmr, LookCount count, double templates) {
        if (looks.isEmpty()) {
            return Math.min(HIGHEST, at(thresholds, -Math.expm1(Math.log1p(-fmr) / templates)) / count.length());
        }
        List<Integer> numbers = axis(looks, Looks::n);
        List<Integer> sizes = axis(looks, Looks::templates);
        double[] bySize = sizes.stream()
                .mapToDouble(size -> between(
                        numbers,
                        numbers.stream()
                                .mapToDouble(n -> at(points(n, size), fmr))
                                .toArray(),
                        count.different(likeness)))
                .toArray();
        return Math.min(HIGHEST, between(sizes, bySize, templates));
    }

    private List<Point> points(int n, int templates) {
        return n * templates == 1
                ? thresholds
                : looks.stream()
                        .filter(one -> one.n == n && one.templates == templates)
                        .findFirst()
                        .orElseThrow()
                        .thresholds;
    }

    /** Linear in the logarithm of {@code x}, extrapolated upwards. */
    private static double between(List<Integer> axis, double[] values, double x) {
        if (axis.size() == 1) {
            return values[0];
        }
        int i = 1;
        while (i < axis.size() - 1 && axis.get(i) < x) {
            i++;
        }
        double t = Math.log(x / axis.get(i - 1)) / Math.log((double) axis.get(i) / axis.get(i - 1));
        return values[i - 1] + t * (values[i] - values[i - 1]);
    }

    /** Linear in log10(fmr), extrapolated at both ends. */
    private static double at(List<Point> thresholds, double fmr) {
        int i = 1;
        while (i < thresholds.size() - 1 && thresholds.get(i).fmr > fmr) {
            i++;
        }
        Point a = thresholds.get(i - 1);
        Point b = thresholds.get(i);
        double t = (Math.log10(fmr) - Math.log10(a.fmr)) / (Math.log10(b.fmr) - Math.log10(a.fmr));
        return Math.min(HIGHEST, a.similarity + t * (b.similarity - a.similarity));
    }

    /** Whether {@code fmr} lies below what was measured, so that its threshold is an extrapolation. */
    public boolean extrapolated(double fmr) {
        return fmr < thresholds.get(thresholds.size() - 1).fmr;
    }
}
