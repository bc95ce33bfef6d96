package dev.lintel.evaluation.score;

/**
 * Counts cosine similarities in steps of {@value #STEP}: a fixed 160 kB for any number of comparisons. Not
 * thread-safe; one for each thread, then {@link #add(ScoreHistogram)}.
 */
public final class ScoreHistogram {
    static final double STEP = 1e-4;
    private static final int BINS = (int) Math.round(2 / STEP) + 1;

    private final long[] counts = new long[BINS];
    private long failed;

    /** @param similarity -1..1; rounded down to the step, so that no threshold flatters */
    public void add(double similarity) {
        int bin = (int) ((Math.max(-1, Math.min(1, similarity)) + 1) / STEP + 1e-9);
        counts[Math.min(BINS - 1, bin)]++;
    }

    /** Counts a comparison that could not be made: it never matches. */
    public void addFailed() {
        failed++;
    }

    public void add(ScoreHistogram other) {
        for (int i = 0; i < BINS; i++) {
            counts[i] += other.counts[i];
        }
        failed += other.failed;
    }

    public ScoreDistribution toDistribution() {
        int filled = failed > 0 ? 1 : 0;
        for (long count : counts) {
            filled += count > 0 ? 1 : 0;
        }
        double[] values = new double[filled];
        long[] occurrences = new long[filled];
        int n = 0;
        if (failed > 0) {
            values[n] = Double.NEGATIVE_INFINITY;
            occurrences[n++] = failed;
        }
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                values[n] = i * STEP - 1;
                occurrences[n++] = counts[i];
            }
        }
        return new ScoreDistribution(values, occurrences);
    }
}
