package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import java.util.List;

/**
 * Who looks most like these?
 *
 * @param top how many people to name for each probe, at least 1
 */
public record MatchFaces(List<Embedding> probes, int top, Deadline deadline) implements Message {
    public MatchFaces {
        probes = List.copyOf(probes);
    }
}
