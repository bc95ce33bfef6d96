package dev.lintel.bus;

import java.io.Serializable;
import java.util.List;

/**
 * What a target has not been told yet.
 *
 * @param events oldest first, without gaps; empty if it knows everything
 */
public record Deliveries(String target, List<Recorded> events) implements Serializable {
    public Deliveries {
        events = List.copyOf(events);
    }
}
