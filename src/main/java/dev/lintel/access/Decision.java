package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
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
 * @param passage whether somebody who is named passes by it
 * @param reasons what decided, what was needed and what to do, then what the camera found; without naming anybody
 */
public record Decision(
        UUID id,
        String door,
        Instant at,
        Verdict verdict,
        Label person,
        Sighting sighting,
        String rule,
        Passage passage,
        List<Reason> reasons)
        implements Serializable {

    public Decision {
        reasons = List.copyOf(reasons);
    }

    /** As before there was a word for the passage: whoever is granted passes. */
    public Decision(
            UUID id,
            String door,
            Instant at,
            Verdict verdict,
            Label person,
            Sighting sighting,
            String rule,
            List<Reason> reasons) {
        this(
                id,
                door,
                at,
                verdict,
                person,
                sighting,
                rule,
                verdict == Verdict.GRANTED ? Passage.AT_ONCE : Passage.NONE,
                reasons);
    }

    /** Whether somebody passes. */
    public enum Passage {
        /** Nobody does, or it is not known who. */
        NONE,
        /** Nothing says more than the decision: the box drives no lock and reads no contact there. */
        AT_ONCE,
        /** Once the lock opened, or with a contact the door; then there is a {@link DoorEvent.Kind#PASSED}. */
        AWAITED
    }

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

    /** The reasons in English, in one line. */
    public String explanation() {
        return Reason.text(reasons);
    }

    /** Whom it was about. */
    public Optional<Label> whom() {
        return Optional.ofNullable(person);
    }
}
