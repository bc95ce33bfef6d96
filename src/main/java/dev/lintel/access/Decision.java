package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether a door opened for somebody, and which rule said so.
 *
 * @param id of the decision; that of the sighting, unless a PIN or an operator led to it
 * @param door its id in the configuration; null if the camera belongs to none
 * @param person whom it was about; null if nobody was named
 * @param sighting what it rests on; null if a PIN alone or an operator led to it
 * @param rule stable name of the rule that decided, such as {@code schedule}, {@code liveness}, {@code lock-down}
 * @param explanation one sentence for the decision log: what was asked, what was found, without naming anybody
 */
public record Decision(
        UUID id,
        String door,
        Instant at,
        Verdict verdict,
        Label person,
        Sighting sighting,
        String rule,
        String explanation)
        implements Serializable {

    public enum Verdict {
        GRANTED,
        DENIED,
        /** Waits for a PIN. */
        PIN_NEEDED
    }

    /** The visit that led to it; null if none did. */
    public VisitRef visit() {
        return sighting == null ? null : sighting.ref();
    }

    /** Whom it was about. */
    public Optional<Label> whom() {
        return Optional.ofNullable(person);
    }
}
