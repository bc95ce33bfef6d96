package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;

/**
 * A door's mode and how long it holds.
 *
 * @param until when the door is {@link DoorMode#NORMAL} again; null for until somebody changes it
 */
public record ModeSetting(DoorMode mode, Instant until) implements Serializable {
    public static final ModeSetting NORMAL = new ModeSetting(DoorMode.NORMAL, null);

    /** The mode at a moment: after its end a setting means nothing. */
    public DoorMode at(Instant now) {
        return until == null || now.isBefore(until) ? mode : DoorMode.NORMAL;
    }
}
