package dev.lintel.compat;

import dev.lintel.recognition.Threshold;

/**
 * Cosine similarities on the scales that other programs use, moved so that the limit which they take for "the same person"
 * stands exactly at the threshold in force.
 */
final class Scale {
    /** CompreFace's limit, by its documentation and its clients. */
    static final double COMPREFACE_LIMIT = 0.5;

    /** DeepStack's limit: its default {@code min_confidence}. */
    static final double DEEPSTACK_LIMIT = 0.67;

    /** The slope of CompreFace's curve for its default network (its facenet.py, coefficient 1). */
    private static final double SLOPE = 5.291995557;

    private static final double STEPS = 100_000;

    private Scale() {}

    /**
     * {@code (tanh((d(t) - d(c)) * slope) + 1) / 2} with the distance d of unit vectors, to five places: CompreFace's curve
     * with another middle.
     *
     * @param known whether the face counts as that person; decides at the limit, where rounding could
     */
    static double compreFace(double cosine, Threshold threshold, boolean known) {
        double raw = (Math.tanh((distance(threshold.similarity()) - distance(cosine)) * SLOPE) + 1) / 2;
        return onItsSide(raw, COMPREFACE_LIMIT, known);
    }

    /** Straight from -1 to the threshold, and from there to 1: DeepStack's {@code (cos + 1) / 2} with another bend. */
    static double deepStack(double cosine, Threshold threshold, boolean known) {
        double t = Math.max(-0.999, Math.min(0.999, threshold.similarity()));
        double c = Math.max(-1, Math.min(1, cosine));
        double raw = c >= t
                ? DEEPSTACK_LIMIT + (1 - DEEPSTACK_LIMIT) * (c - t) / (1 - t)
                : DEEPSTACK_LIMIT * (c + 1) / (t + 1);
        return onItsSide(raw, DEEPSTACK_LIMIT, known);
    }

    private static double onItsSide(double raw, double limit, boolean known) {
        double rounded = Math.floor(raw * STEPS + 0.5) / STEPS;
        return known ? Math.max(limit, rounded) : Math.min(Math.round(limit * STEPS - 1) / STEPS, rounded);
    }

    private static double distance(double cosine) {
        return Math.sqrt(Math.max(0, 2 - 2 * cosine));
    }
}
