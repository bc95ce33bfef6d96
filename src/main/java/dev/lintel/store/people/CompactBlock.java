package dev.lintel.store.people;

import java.util.Arrays;

/**
 * {@value #SIZE} templates, each component in 8 bits: a whole number from -127 to 127 of a unit that each template has of its own. A
 * quarter of the floats, so that a search reads little memory; how far such a template is from the true one is kept with it.
 *
 * <p>Four components lie in one int, and the same four of all templates side by side in an array of their own. Over such arrays the JIT
 * compiler makes vector instructions of {@link #addRow}, on x86 and on ARM, and memory is read in the order in which it lies. With two
 * rows in one array a search among 100,000 took four times as long. Not thread-safe.
 */
final class CompactBlock {
    static final int SIZE = 1024;

    /** Components in one int. */
    static final int FOUR = 4;

    static final int LARGEST = 127;

    private final int[][] rows;
    private final float[] units = new float[SIZE];
    private final float[] lost = new float[SIZE];

    CompactBlock(int dimension) {
        rows = new int[(dimension + FOUR - 1) / FOUR][SIZE];
    }

    /** Keeps a template at this place, 0 to {@value #SIZE} - 1. */
    void put(int at, float[] vector) {
        float largest = 0;
        for (float component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        float unit = largest == 0 ? 1 : largest / LARGEST;
        double square = 0;
        for (int row = 0; row < rows.length; row++) {
            int four = 0;
            for (int k = 0; k < FOUR; k++) {
                int code = 0;
                if (row * FOUR + k < vector.length) {
                    float component = vector[row * FOUR + k];
                    code = Math.max(-LARGEST, Math.min(LARGEST, Math.round(component / unit)));
                    double off = component - (double) code * unit;
                    square += off * off;
                }
                four |= k == FOUR - 1 ? code << 24 : code + 128 << 8 * k;
            }
            rows[row][at] = four;
        }
        units[at] = unit;
        lost[at] = (float) Math.sqrt(square);
    }

    /** Makes what is at {@code at} the same as what another block has at {@code from}. */
    void copy(int at, CompactBlock other, int from) {
        for (int row = 0; row < rows.length; row++) {
            rows[row][at] = other.rows[row][from];
        }
        units[at] = other.units[from];
        lost[at] = other.lost[from];
    }

    void clear(int at) {
        for (int[] row : rows) {
            row[at] = 0;
        }
    }

    /** The length of what the template at this place lost. */
    float lost(int at) {
        return lost[at];
    }

    /** Takes the template at this place away from a vector. */
    void subtractFrom(float[] vector, int at) {
        for (int d = 0; d < vector.length; d++) {
            int four = rows[d / FOUR][at];
            int shifted = four >> 8 * (d % FOUR);
            vector[d] -= units[at] * (d % FOUR == FOUR - 1 ? shifted : (shifted & 0xff) - 128);
        }
    }

    /** By what the whole numbers of each template are to be multiplied; not to be changed. */
    float[] units() {
        return units;
    }

    /**
     * The products of the probe with all templates of the block, in the probe's unit times the unit of each template.
     *
     * @param sums of {@value #SIZE} numbers, overwritten
     */
    void multiply(CompactProbe probe, int[] sums) {
        Arrays.fill(sums, probe.offset());
        int[] f = probe.factors();
        for (int row = 0; row < rows.length; row++) {
            int d = row * FOUR;
            addRow(f[d], f[d + 1], f[d + 2], f[d + 3], rows[row], sums);
        }
    }

    /** See {@link CompactProbe} for why shifted ints may be multiplied without taking their bytes apart. */
    private static void addRow(int a, int b, int c, int d, int[] row, int[] sums) {
        for (int j = 0; j < SIZE; j++) {
            int four = row[j];
            sums[j] += a * four + b * (four >> 8) + c * (four >> 16) + d * (four >> 24);
        }
    }
}
