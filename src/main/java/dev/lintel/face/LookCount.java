package dev.lintel.face;

import java.io.Serializable;

/**
 * How many looks at a face a vector was made of, and how much they differed: the mean of looks that are alike says little more
 * than one of them, and its similarity to strangers is that of one.
 *
 * @param count of looks, at least 1
 * @param length of their weighted mean before it was scaled to length 1, above 0 up to 1; 1 if all are the same
 */
public record LookCount(int count, double length) implements Serializable {
    public static final LookCount ONE = new LookCount(1, 1);

    public LookCount {
        if (count < 1 || !(length > 0)) {
            throw new IllegalArgumentException("looks: at least one, with a mean, was " + count + ", " + length);
        }
        length = Math.min(1, length);
    }

    /**
     * As many looks of different pictures have a mean of this length: the mean of n has the squared length {@code likeness + (1 -
     * likeness) / n}.
     *
     * @param likeness mean similarity of two pictures of one person
     * @return 1 to {@link #count}
     */
    public double different(double likeness) {
        double beyond = length * length - likeness;
        return beyond <= (1 - likeness) / count ? count : Math.max(1, (1 - likeness) / beyond);
    }
}
