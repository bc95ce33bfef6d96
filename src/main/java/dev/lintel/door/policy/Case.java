package dev.lintel.door.policy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting;
import java.time.Instant;

/**
 * Everything that a door decides from.
 *
 * @param hours those of the door
 * @param seen who stands there; null if a PIN was typed without a face
 * @param rights of the person that was seen or named; null if nobody was, or nobody of that name is enrolled any more
 * @param state of the door
 * @param at what the clock on the wall says
 * @param timeKnown whether that may be believed
 * @param proven whether the person's PIN was typed
 */
public record Case(
        DoorTerms rules,
        Timetable hours,
        Sighting seen,
        AccessRights rights,
        DoorState state,
        Instant at,
        boolean timeKnown,
        boolean proven) {

    /** Which way the person is going. */
    Direction direction() {
        return seen == null ? Direction.BOTH : seen.direction();
    }

    /** Whether nothing is left for a PIN to settle. */
    boolean certain() {
        return proven || (seen != null && seen.identity() == Sighting.Identity.KNOWN && liveEnough());
    }

    boolean liveEnough() {
        return !rules.requireLiveness() || seen.liveness().state() == LiveProof.State.LIVE;
    }
}
