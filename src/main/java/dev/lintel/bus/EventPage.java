package dev.lintel.bus;

import java.io.Serializable;
import java.util.List;

/**
 * @param events newest first, without embeddings
 * @param more whether older ones follow
 */
public record EventPage(List<Recorded> events, boolean more) implements Serializable {
    public EventPage {
        events = List.copyOf(events);
    }
}
