package dev.lintel.evaluation.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The two errors of a decision by threshold, "accept at this score or above", over all thresholds. The genuine
 * side is mated comparisons or live faces, the impostor side non-mated comparisons, strangers or attacks.
 * Immutable.
 *
 * @param genuine scores that ought to be accepted
 * @param impostor scores that ought not to be
 */
public record ErrorCurve(ScoreDistribution genuine, ScoreDistribution impostor) {

    /**
     * @param falseAccept share of impostors at or above the threshold: FMR, FPIR, APCER
     * @param falseReject share of genuine ones below it: FNMR, FNIR, BPCER
     */
    public record Point(double threshold, double falseAccept, double falseReject) {}

    public Point at(double threshold) {
        return new Point(
                threshold,
                impostor.accepted(threshold).rate(),
                genuine.rejected(threshold).rate());
    }

    /** The smallest threshold with a false accept rate of at most {@code rate}. */
    public double thresholdAtFalseAccept(double rate) {
        return impostor.thresholdFor((long) Math.floor(rate * impostor.total() + 1e-9));
    }

    /** How many false accepts a rate means here; under about 30 its threshold is a guess (G. Doddington's rule). */
    public double expectedFalseAccepts(double rate) {
        return rate * impostor.total();
    }

    /**
     * Equal error rate: where the curves cross, the mean of both rates at the threshold where they are nearest.
     *
     * @return NaN if one side is empty
     */
    public double equalErrorRate() {
        if (genuine.isEmpty() || impostor.isEmpty()) {
            return Double.NaN;
        }
        double[] thresholds = thresholds();
        int low = 0;
        int high = thresholds.length - 1;
        while (low < high) { // the difference of the rates falls with the threshold
            int middle = (low + high) >>> 1;
            Point p = at(thresholds[middle]);
            if (p.falseAccept <= p.falseReject) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Point after = at(thresholds[low]);
        Point before = low == 0 ? after : at(thresholds[low - 1]);
        Point nearest = gap(before) < gap(after) ? before : after;
        return (nearest.falseAccept + nearest.falseReject) / 2;
    }

    private static double gap(Point p) {
        return Math.abs(p.falseAccept - p.falseReject);
    }

    /** Every distinct finite score, and one above all. */
    private double[] thresholds() {
        double[] all = DoubleStream.concat(Arrays.stream(genuine.distinct()), Arrays.stream(impostor.distinct()))
                .filter(v -> v > Double.NEGATIVE_INFINITY)
                .sorted()
                .distinct()
                .toArray();
        double[] withEnd = Arrays.copyOf(all, all.length + 1);
        withEnd[all.length] = all.length == 0 ? 0 : Math.nextUp(all[all.length - 1]);
        return withEnd;
    }

    /**
     * The curve for drawing, by rising threshold: where a rate changes, thinned to steps of at least 1.5 % of
     * either rate's decade, so that a curve of millions of scores stays a few hundred points.
     */
    public List<Point> points() {
        List<Point> kept = new ArrayList<>();
        Point last = null;
        for (double threshold : thresholds()) {
            Point p = at(threshold);
            if (last == null || changed(last.falseAccept, p.falseAccept) || changed(last.falseReject, p.falseReject)) {
                kept.add(p);
                last = p;
            }
        }
        return kept;
    }

    private static boolean changed(double a, double b) {
        if (a == b) {
            return false;
        }
        return a == 0 || b == 0 || Math.abs(Math.log10(a / b)) >= 0.015;
    }
}
