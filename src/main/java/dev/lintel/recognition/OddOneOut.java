package dev.lintel.recognition;

import dev.lintel.face.Embedding;
import dev.lintel.face.PersonScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of several faces is unlike the others, so that they are not all one person's.
 *
 * @param index of the face that is least like the others
 * @param similarity its score against them
 */
record OddOneOut(int index, double similarity) {

    /** Empty if each is like the others, or there is one only. */
    static Optional<OddOneOut> among(List<Embedding> faces, ThresholdPolicy policy) {
        OddOneOut least = null;
        for (int i = 0; i < faces.size() && faces.size() > 1; i++) {
            List<Embedding> others = new ArrayList<>(faces);
            Embedding face = others.remove(i);
            double similarity = PersonScore.of(face, others);
            if (least == null || similarity < least.similarity) {
                least = new OddOneOut(i, similarity);
            }
        }
        return Optional.ofNullable(least).filter(odd -> odd.similarity < policy.unlikeSimilarity(faces.size() - 1));
    }
}
