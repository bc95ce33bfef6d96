package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * How a door is at a moment.
 *
 * @param mode what holds now; {@link ModeSetting#NORMAL} once a setting has ended
 * @param since when the sensor last changed; null if there is none, or it has said nothing yet
 * @param last the latest decision since the start of the box; null if there was none
 */
public record DoorStatus(
        String door, ModeSetting mode, LockState lock, Sensor sensor, Instant since, boolean heldOpen, Decision last)
        implements Serializable {

    public enum LockState {
        /** The door has no lock that the box drives. */
        NONE,
        LOCKED,
        UNLOCKED,
        /** The lock did not answer when it was last driven. */
        FAILED
    }

    public enum Sensor {
        NONE,
        /** It has said nothing yet. */
        UNKNOWN,
        OPEN,
        CLOSED
    }

    public Optional<Instant> sensorSince() {
        return Optional.ofNullable(since);
    }

    public Optional<Decision> lastDecision() {
        return Optional.ofNullable(last);
    }
}
