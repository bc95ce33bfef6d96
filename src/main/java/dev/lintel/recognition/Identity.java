package dev.lintel.recognition;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whose face this is, as far as the gallery tells. Exactly one of {@code label} and {@code unknownBecause} is there.
 *
 * @param label the person; empty for a stranger
 * @param margin how much more similar the nearest person is than the next; empty with fewer than two people
 * @param candidates the nearest people, whether near enough or not, nearest first; empty if nobody is enrolled
 */
public record Identity(
        Optional<Label> label, Optional<Why> unknownBecause, OptionalDouble margin, List<Candidate> candidates) {

    /** Why a face counts as a stranger's. */
    public enum Why {
        NOBODY_ENROLLED,
        TOO_FAR,
        /** Two people are about equally near. */
        AMBIGUOUS
    }

    public Identity {
        candidates = List.copyOf(candidates);
    }

    /** @param nearest at least the two nearest people, if there are that many */
    static Identity judge(List<Candidate> nearest, Threshold threshold, double minimumMargin, int top) {
        OptionalDouble margin = nearest.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(nearest.get(0).similarity() - nearest.get(1).similarity());
        Optional<Why> why = Optional.empty();
        if (nearest.isEmpty()) {
            why = Optional.of(Why.NOBODY_ENROLLED);
        } else if (!threshold.accepts(nearest.get(0).similarity())) {
            why = Optional.of(Why.TOO_FAR);
        } else if (margin.isPresent() && margin.getAsDouble() < minimumMargin) {
            why = Optional.of(Why.AMBIGUOUS);
        }
        Optional<Label> label =
                why.isPresent() ? Optional.empty() : Optional.of(nearest.get(0).label());
        return new Identity(label, why, margin, nearest.subList(0, Math.min(top, nearest.size())));
    }
}
