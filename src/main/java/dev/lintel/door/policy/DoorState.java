package dev.lintel.door.policy;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorMode;
import java.time.Instant;

/**
 * What a door remembers that matters for one person now.
 *
 * @param letIn when this person was last let through this door; null if not
 * @param wentLast which way the person last went in or out of the door's zone; null if not known
 * @param wentAt when that was; null if not known
 */
public record DoorState(DoorMode mode, Instant letIn, Direction wentLast, Instant wentAt) {
    /** A door in normal mode and somebody it does not remember. */
    public static final DoorState FRESH = new DoorState(DoorMode.NORMAL, null, null, null);

    /** The same in another mode. */
    public DoorState in(DoorMode other) {
        return new DoorState(other, letIn, wentLast, wentAt);
    }
}
