package dev.lintel.recognition;

import dev.lintel.face.Embedding;
import dev.lintel.face.FusedLooks;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One person in several images, as one vector. */
record SeenTogether(List<Look> looks, FusedLooks fused) {

    /** The face in one of the images. */
    record Look(ImageFacts image, int facesFound, ScreenedFace face) {}

    /** Refused if one of the faces is unlike the others. */
    static Outcome<SeenTogether> of(List<Look> looks, List<Embedding> vectors, ThresholdPolicy policy) {
        return OddOneOut.among(vectors, policy)
                .map(odd -> Outcome.<SeenTogether>refused(new Refusal(
                        Refusal.Code.UNLIKE_OTHERS,
                        String.format(
                                Locale.ROOT,
                                "image %d of %d is unlike the %s (distance %.2f, at most %.2f is one person): send images of one person",
                                odd.index() + 1,
                                looks.size(),
                                looks.size() == 2 ? "other" : "others",
                                policy.distance(odd.similarity()),
                                policy.distance(policy.unlikeSimilarity(looks.size() - 1))),
                        List.of(looks.get(odd.index()).face().box()))))
                .orElseGet(() -> Outcome.done(new SeenTogether(looks, fused(looks, vectors))));
    }

    private static FusedLooks fused(List<Look> looks, List<Embedding> vectors) {
        List<FusedLooks.Look> weighted = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            weighted.add(new FusedLooks.Look(
                    vectors.get(i), looks.get(i).face().quality().score()));
        }
        return FusedLooks.of(weighted);
    }

    /** The same refusal, which says which image it is about. */
    static Refusal numbered(Refusal refusal, int number, int of) {
        return of == 1
                ? refusal
                : new Refusal(
                        refusal.code(), refusal.detail() + " (image " + number + " of " + of + ")", refusal.faces());
    }

    Look best() {
        return looks.stream()
                .max(Comparator.comparingDouble(look -> look.face().quality().score()))
                .orElseThrow();
    }
}
