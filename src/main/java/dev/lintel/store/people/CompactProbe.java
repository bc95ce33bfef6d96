package dev.lintel.store.people;

/**
 * A probe in whole numbers, ready to be multiplied with the templates of a {@link CompactBlock}.
 *
 * <p>Its unit is so small that the sum of all products just fits into 32 bits: its own error is {@code dimension * 2^-24} of its length
 * at most, far below that of a template. Sums may overflow on the way: they are right again at the end, as arithmetic of ints is
 * modulo {@code 2^32}.
 *
 * <p>That also spares taking an int {@code w} with the bytes {@code t3 t2 t1 t0} apart, of which all but {@code t3} were made positive by
 * adding 128: {@code t0 = w - 256 * (w >> 8)}, and so on, so that {@code p0*t0 + p1*t1 + p2*t2 + p3*t3} is {@code p0*w +
 * (p1-256*p0)*(w>>8) + (p2-256*p1)*(w>>16) + (p3-256*p2)*(w>>24)}. Immutable.
 */
final class CompactProbe {
    private final int[] factors;
    private final int offset;
    private final float unit;
    private final float length;

    /** @param probe finite numbers */
    CompactProbe(float[] probe) {
        double sum = 0;
        double square = 0;
        for (float component : probe) {
            sum += Math.abs(component);
            square += (double) component * component;
        }
        double scale = sum == 0 ? 1 : ((double) Integer.MAX_VALUE / CompactBlock.LARGEST - probe.length) / sum;
        factors = new int[(probe.length + CompactBlock.FOUR - 1) / CompactBlock.FOUR * CompactBlock.FOUR];
        int added = 0;
        for (int d = 0; d < probe.length; d++) {
            int code = (int) Math.rint(probe[d] * scale);
            factors[d] += code;
            if (d % 4 != 3) {
                factors[d + 1] -= 256 * code;
                added += 128 * code;
            }
        }
        offset = -added;
        unit = (float) (1 / scale);
        length = (float) Math.sqrt(square);
    }

    /** By what the four parts of each int are multiplied, padded with zeros. Not to be changed. */
    int[] factors() {
        return factors;
    }

    /** What takes the 128 of each byte away. */
    int offset() {
        return offset;
    }

    float unit() {
        return unit;
    }

    /** Of the probe; 1 but for rounding. */
    float length() {
        return length;
    }
}
