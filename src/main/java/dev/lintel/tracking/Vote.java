package dev.lintel.tracking;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one frame says about who somebody is.
 *
 * @param quality of the view, 0..1: its weight
 * @param candidates the nearest people, nearest first; empty if nobody is enrolled
 */
record Vote(Embedding embedding, double quality, List<Candidate> candidates, long nanos, Instant at) {
    Vote {
        candidates = List.copyOf(candidates);
    }

    Optional<Candidate> nearest() {
        return candidates.stream().findFirst();
    }

    /** Whether this frame alone would be taken for its nearest person. */
    boolean accepted(double similarity) {
        return !candidates.isEmpty() && candidates.get(0).similarity() >= similarity;
    }
}
