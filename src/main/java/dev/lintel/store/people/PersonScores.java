package dev.lintel.store.people;

import dev.lintel.face.PersonScore;

/**
 * The scores of everybody against one probe, while the templates come by: the nearest template and the sum over all of them, side
 * by side in one array, so that each template touches one place in memory. One search's own; not thread-safe.
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

    /** @param similarities of {@code filled} templates, whose owners begin at {@code start} */
    void add(float[] similarities, int[] owners, int start, int filled) {
        float[] both = nearestAndSum;
        for (int j = 0; j < filled; j++) {
            int at = 2 * owners[start + j];
            float similarity = similarities[j];
            if (similarity > both[at]) {
                both[at] = similarity;
            }
            both[at + 1] += similarity;
        }
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
