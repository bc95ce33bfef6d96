package dev.lintel.store;

import java.util.Arrays;

/** The inner loops of the search. Kept apart and plain, because the JIT compiler vectorises only such loops. */
final class DotProducts {
  private static final int BLOCK = Gallery.BLOCK;

  private DotProducts() {}

  /** {@code scores[j]} becomes the dot product of the probe and template {@code j} of the block that begins at {@code base}. */
  static void ofBlock(float[] probe, float[] vectors, int base, float[] scores) {
    Arrays.fill(scores, 0);
    int d = 0;
    for (; d + 4 <= probe.length; d += 4) {
      addRows(probe[d], probe[d + 1], probe[d + 2], probe[d + 3], vectors, base + d * BLOCK, scores);
    }
    for (; d < probe.length; d++) {
      addRow(probe[d], vectors, base + d * BLOCK, scores);
    }
  }

  /** The dot product of the probe and the template whose components lie a block apart. */
  static float ofOne(float[] probe, float[] vectors, int base) {
    float sum = 0;
    for (int d = 0; d < probe.length; d++) {
      sum += probe[d] * vectors[base + d * BLOCK];
    }
    return sum;
  }

  /** Four rows at once: the scores are loaded and stored a quarter as often. */
  private static void addRows(float a, float b, float c, float d, float[] rows, int at, float[] scores) {
    for (int j = 0; j < BLOCK; j++) {
      scores[j] += a * rows[at + j] + b * rows[at + BLOCK + j] + c * rows[at + 2 * BLOCK + j] + d * rows[at + 3 * BLOCK + j];
    }
  }

  private static void addRow(float a, float[] row, int at, float[] scores) {
    for (int j = 0; j < BLOCK; j++) {
      scores[j] += a * row[at + j];
    }
  }
}
