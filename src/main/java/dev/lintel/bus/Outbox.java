package dev.lintel.bus;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * What waits to be told, durably.
 *
 * @param targets all that the store knows, in any order
 */
public record Outbox(List<Backlog> targets) implements Serializable {

    /**
     * @param target its name in the configuration
     * @param waiting events that it has not been told of, those included that it will not want
     * @param oldest when the first of them happened; null if none waits
     */
    public record Backlog(String target, long waiting, Instant oldest) implements Serializable {}

    public Outbox {
        targets = List.copyOf(targets);
    }
}
