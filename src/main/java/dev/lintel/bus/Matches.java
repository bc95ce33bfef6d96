package dev.lintel.bus;

import dev.lintel.face.Candidate;
import java.io.Serializable;
import java.util.List;

/**
 * The nearest people, without a judgement whether they are near enough.
 *
 * @param candidates for each probe, nearest first, each person once; empty if nobody is enrolled
 * @param templates how many templates each probe was compared with
 */
public record Matches(List<List<Candidate>> candidates, int templates) implements Serializable {
    public Matches {
        candidates = candidates.stream().map(List::copyOf).toList();
    }
}
