package dev.lintel.evaluation.score;

import java.util.Arrays;

/** How often each score occurred. Immutable. A failed comparison counts with negative infinity. */
public final class ScoreDistribution {
    private final double[] values;

    /** {@code below[i]} scores are smaller than {@code values[i]}; the last element is the total. */
    private final long[] below;

    /** @param values strictly rising; {@code counts} all positive. Takes ownership of neither. */
    ScoreDistribution(double[] values, long[] counts) {
        this.values = values.clone();
        this.below = new long[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            below[i + 1] = below[i] + counts[i];
        }
    }

    /** @throws IllegalArgumentException if a score is NaN */
    public static ScoreDistribution of(double... scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a score is not a number");
        }
        double[] distinct = new double[sorted.length];
        long[] counts = new long[sorted.length];
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                distinct[n++] = sorted[i];
            }
            counts[n - 1]++;
        }
        return new ScoreDistribution(Arrays.copyOf(distinct, n), Arrays.copyOf(counts, n));
    }

    public long total() {
        return below[values.length];
    }

    public boolean isEmpty() {
        return total() == 0;
    }

    /** How many scores are {@code threshold} or more. */
    public long atOrAbove(double threshold) {
        int at = Arrays.binarySearch(values, threshold);
        return total() - below[at >= 0 ? at : -at - 1];
    }

    public Proportion accepted(double threshold) {
        return new Proportion(atOrAbove(threshold), total());
    }

    public Proportion rejected(double threshold) {
        return new Proportion(total() - atOrAbove(threshold), total());
    }

    /** The smallest threshold that at most {@code count} scores reach: just above the highest score that may not. */
    public double thresholdFor(long count) {
        for (int i = values.length - 1; i >= 0; i--) { // a sweep: called a handful of times a report
            if (total() - below[i] > count) {
                return Math.nextUp(values[i]);
            }
        }
        return values.length == 0 ? 0 : values[0];
    }

    /** The distinct scores, rising. */
    public double[] distinct() {
        return values.clone();
    }

    /**
     * Shares of all scores in {@code bins} equal bins of {@code low..high}; what lies outside counts at the ends, but
     * failed comparisons nowhere.
     */
    public double[] shares(double low, double high, int bins) {
        double[] shares = new double[bins];
        for (int i = 0; i < values.length; i++) {
            if (values[i] == Double.NEGATIVE_INFINITY) {
                continue;
            }
            int bin = (int) Math.floor((values[i] - low) / (high - low) * bins);
            shares[Math.max(0, Math.min(bins - 1, bin))] += (double) (below[i + 1] - below[i]) / total();
        }
        return shares;
    }
}
