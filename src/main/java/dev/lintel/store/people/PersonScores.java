package dev.lintel.store.people;

import dev.lintel.face.PersonScore;

/**
 * Nearly the scores of everybody against one probe, while the templates come by: the nearest template and the sum over all of them,
 * side by side in one array, so that each template touches one place in memory. One search's own; not thread-safe.
 */
final class PersonScores {
    private final float[] nearestAndSum;

    /** @param slots as {@link Owners#slots} */
    PersonScores(int slots) {
        nearestAndSum = new float[2 * slots];
        for (int i = 0; i < nearestAndSum.length; i += 2) {
            nearestAndSum[i] = Float.NEGATIVE_INFINITY;
        }
    }

    /**
     * @param products of {@code filled} templates, at least one, whose owners begin at {@code start}
     * @param units of each template, to be multiplied with its product and with {@code unit}
     */
    void add(int[] products, float[] units, float unit, int[] owners, int start, int filled) {
        float[] both = nearestAndSum;
        int at = 2 * owners[start];
        float nearest = both[at];
        float sum = both[at + 1];
        for (int j = 0; j < filled; j++) {
            if (2 * owners[start + j] != at) { // templates of one person often follow each other
                both[at] = nearest;
                both[at + 1] = sum;
                at = 2 * owners[start + j];
                nearest = both[at];
                sum = both[at + 1];
            }
            float similarity = products[j] * (units[j] * unit);
            nearest = Math.max(nearest, similarity);
            sum += similarity;
        }
        both[at] = nearest;
        both[at + 1] = sum;
    }

    /** By number of person; minus infinity for nobody. */
    float[] scores(Owners people) {
        float[] scores = new float[nearestAndSum.length / 2];
        for (int person = 0; person < scores.length; person++) {
            float nearest = nearestAndSum[2 * person];
            scores[person] = nearest == Float.NEGATIVE_INFINITY
                    ? nearest
                    : PersonScore.of(nearest, nearestAndSum[2 * person + 1], people.length(person));
        }
        return scores;
    }
}
