package dev.lintel.evaluation.score;

/**
 * {@code count} of {@code total} trials.
 *
 * @param count 0..total
 * @param total not negative
 */
public record Proportion(long count, long total) {
    /** The 97.5 % quantile of the normal distribution: intervals hold 95 %. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (count < 0 || count > total) {
            throw new IllegalArgumentException(count + " of " + total);
        }
    }

    /** 0..1, or NaN without trials. */
    public double rate() {
        return total == 0 ? Double.NaN : (double) count / total;
    }

    /**
     * The 95 % interval of the rate, by E. B. Wilson (1927): unlike the normal approximation it stays inside 0..1
     * and is honest where nothing, or everything, was counted. Assumes independent trials.
     */
    public Interval wilson() {
        if (total == 0) {
            return new Interval(0, 1);
        }
        double n = total;
        double p = rate();
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(count == 0 ? 0 : centre - half, count == total ? 1 : centre + half);
    }
}
