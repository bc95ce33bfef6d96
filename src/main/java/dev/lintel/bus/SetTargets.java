package dev.lintel.bus;

import dev.lintel.face.Deadline;
import java.util.List;

/**
 * These are to be told of events. One that is new hears of what is recorded from now on; one that is known goes on where
 * it was; what waits for any other is dropped.
 *
 * @param targets their names in the configuration
 */
public record SetTargets(List<String> targets, Deadline deadline) implements Message {
    public SetTargets {
        targets = List.copyOf(targets);
    }
}
