package dev.lintel.evaluation.score;

import java.util.Arrays;

/** Order statistics of a sample, by nearest rank. Immutable. */
public final class Percentiles {
    private final double[] sorted;

    public Percentiles(double... values) {
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    public int count() {
        return sorted.length;
    }

    /**
     * @param percent above 0, up to 100
     * @return NaN if there are no values
     */
    public double at(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length - 1e-9);
        return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1];
    }
}
