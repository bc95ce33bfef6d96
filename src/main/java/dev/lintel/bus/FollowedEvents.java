package dev.lintel.bus;

import java.io.Serializable;
import java.util.List;

/**
 * The next part of the log.
 *
 * @param events oldest first, without embeddings; what was erased is left out
 */
public record FollowedEvents(List<Recorded> events) implements Serializable {
    public FollowedEvents {
        events = List.copyOf(events);
    }
}
