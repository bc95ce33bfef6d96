package dev.lintel.face;

import java.util.List;

/** How much a probe is like a person: half the nearest template, half the normalised mean of all of them. Plain functions. */
public final class PersonScore {
    private static final float NEAREST = 0.5f;
    private static final float MEAN = 0.5f;

    /** Opposite vectors have no mean; nothing is near to one. */
    private static final double SHORTEST = 1e-3;

    private PersonScore() {}

    /**
     * Of a single template exactly its own similarity.
     *
     * @param nearest similarity to the nearest template
     * @param sum of the similarities to all templates
     * @param length of the sum of the templates, see {@link #length}; 1 for a single one
     */
    public static float of(float nearest, float sum, float length) {
        return NEAREST * nearest + MEAN * (sum / length);
    }

    /** @param templates at least one, of the probe's model */
    public static double of(Embedding probe, List<Embedding> templates) {
        float nearest = Float.NEGATIVE_INFINITY;
        float sumOfSimilarities = 0;
        float[] sum = new float[probe.dimension()];
        for (Embedding template : templates) {
            float similarity = probe.similarity(template);
            nearest = Math.max(nearest, similarity);
            sumOfSimilarities += similarity;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += template.vector()[i];
            }
        }
        return of(nearest, sumOfSimilarities, templates.size() == 1 ? 1 : length(sum));
    }

    /** @param sum of unit vectors */
    public static float length(float[] sum) {
        double square = 0;
        for (float component : sum) {
            square += (double) component * component;
        }
        return (float) Math.max(SHORTEST, Math.sqrt(square));
    }
}
