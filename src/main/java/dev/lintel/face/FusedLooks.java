package dev.lintel.face;

import java.util.List;

/**
 * Several looks at one face as one vector: their mean, weighted by quality.
 *
 * @param mean scaled to length 1
 */
public record FusedLooks(Embedding mean, LookCount count) {
    /** Weight of the poorest look: it says little, but not nothing. */
    private static final double LEAST_WEIGHT = 0.05;

    /**
     * A look.
     *
     * @param quality 0..1: its weight
     */
    public record Look(Embedding embedding, double quality) {}

    /** @param looks of one face, at least one, of one model; not opposite to each other */
    public static FusedLooks of(List<Look> looks) {
        Embedding first = looks.get(0).embedding();
        if (looks.size() == 1) {
            return new FusedLooks(first, LookCount.ONE);
        }
        float[] sum = new float[first.dimension()];
        double weights = 0;
        for (Look look : looks) {
            double weight = Math.max(LEAST_WEIGHT, look.quality());
            weights += weight;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) weight * look.embedding().vector()[i];
            }
        }
        double square = 0;
        for (float component : sum) {
            square += (double) component * component;
        }
        return new FusedLooks(
                new Embedding(first.modelId(), sum), new LookCount(looks.size(), Math.sqrt(square) / weights));
    }

    /** The smallest similarity of two of the looks; 1 of a single one. */
    public static double leastAlike(List<Embedding> looks) {
        double least = 1;
        for (int i = 0; i < looks.size(); i++) {
            for (int j = i + 1; j < looks.size(); j++) {
                least = Math.min(least, looks.get(i).similarity(looks.get(j)));
            }
        }
        return least;
    }
}
