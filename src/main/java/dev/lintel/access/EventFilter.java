package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;

/**
 * Which events; what is null is not looked at.
 *
 * @param from earliest, inclusive
 * @param to latest, exclusive
 */
public record EventFilter(
        String door,
        String camera,
        DoorEvent.Kind kind,
        Decision.Verdict verdict,
        Label person,
        Instant from,
        Instant to)
        implements Serializable {

    /** Everything. */
    public static EventFilter none() {
        return new EventFilter(null, null, null, null, null, null, null);
    }
}
