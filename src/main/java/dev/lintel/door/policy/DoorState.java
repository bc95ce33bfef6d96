package dev.lintel.door.policy;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What a door remembers that matters for one person now.
 *
 * @param letIn how long ago this person was last let through this door; null if not
 * @param wentLast which way the person last went in or out of the door's zone; null if not known
 * @param went how long ago that was; null if not known
 * @param wentAt the same by the clock on the wall, to be shown
 */
public record DoorState(DoorMode mode, Duration letIn, Direction wentLast, Duration went, Instant wentAt) {
    /** A door in normal mode and somebody it does not remember. */
    public static final DoorState FRESH = new DoorState(DoorMode.NORMAL, null, null, null, null);

    /** The same in another mode. */
    public DoorState in(DoorMode other) {
        return new DoorState(other, letIn, wentLast, went, wentAt);
    }
}
