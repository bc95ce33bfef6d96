package dev.lintel.store.people;

import java.util.Arrays;
import java.util.List;

/**
 * The inner loop of the search: the dot products of some probes with one block of templates after the other.
 *
 * <p>Four rows at a time are copied into a small buffer first. That is not waste: with an offset that varies
 * ({@code vectors[at + j]}) the JIT compiler cannot rule out that the scores lie in the same array and leaves the
 * loop scalar; over the buffer it uses vector instructions, measured 3 times as fast in cache, the copy included. The
 * copy is shared by all probes. One search's own; not thread-safe.
 */
final class BlockScores {
    private static final int BLOCK = Gallery.BLOCK;
    private static final int ROWS = 4;

    private final List<float[]> probes;
    private final float[] rows = new float[ROWS * BLOCK];
    private final float[][] scores;

    /** @param probes of one dimension */
    BlockScores(List<float[]> probes) {
        this.probes = probes;
        this.scores = new float[probes.size()][BLOCK];
    }

    /** Computes all scores of a block. */
    void compute(float[] vectors, int dimension) {
        for (float[] row : scores) {
            Arrays.fill(row, 0);
        }
        int d = 0;
        for (; d + ROWS <= dimension; d += ROWS) {
            System.arraycopy(vectors, d * BLOCK, rows, 0, ROWS * BLOCK);
            for (int p = 0; p < scores.length; p++) {
                float[] probe = probes.get(p);
                addRows(probe[d], probe[d + 1], probe[d + 2], probe[d + 3], rows, scores[p]);
            }
        }
        for (; d < dimension; d++) {
            System.arraycopy(vectors, d * BLOCK, rows, 0, BLOCK);
            for (int p = 0; p < scores.length; p++) {
                addRow(probes.get(p)[d], rows, scores[p]);
            }
        }
    }

    /** Those of one probe with the block's templates, valid until the next block. */
    float[] of(int probe) {
        return scores[probe];
    }

    private static void addRows(float a, float b, float c, float d, float[] rows, float[] scores) {
        for (int j = 0; j < BLOCK; j++) {
            scores[j] += a * rows[j] + b * rows[BLOCK + j] + c * rows[2 * BLOCK + j] + d * rows[3 * BLOCK + j];
        }
    }

    private static void addRow(float a, float[] row, float[] scores) {
        for (int j = 0; j < BLOCK; j++) {
            scores[j] += a * row[j];
        }
    }
}
