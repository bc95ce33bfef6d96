package dev.lintel.evaluation;

import dev.lintel.face.PersonScore;
import java.util.List;

/**
 * Somebody in a gallery, scored as the appliance does it.
 *
 * @param templates unit vectors, at least one
 * @param length of their sum
 */
record KnownPerson(List<float[]> templates, float length) {
    static KnownPerson of(List<float[]> templates) {
        if (templates.size() == 1) {
            return new KnownPerson(templates, 1);
        }
        float[] sum = new float[templates.get(0).length];
        for (float[] template : templates) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += template[i];
            }
        }
        return new KnownPerson(templates, PersonScore.length(sum));
    }

    double score(float[] probe) {
        float nearest = Float.NEGATIVE_INFINITY;
        float sum = 0;
        for (float[] template : templates) {
            float similarity = (float) AllPairs.dot(probe, template);
            nearest = Math.max(nearest, similarity);
            sum += similarity;
        }
        return PersonScore.of(nearest, sum, length);
    }
}
