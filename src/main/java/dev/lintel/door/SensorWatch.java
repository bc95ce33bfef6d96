package dev.lintel.door;

import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorStatus.Sensor;
import dev.lintel.clock.Clocks;
import java.time.Instant;
import java.util.List;

/** What the door's contact means: opened, closed, open too long, opened by force. Plain; used from one event loop. */
final class SensorWatch {
    private final SensorConfig config;
    private final Clocks clocks;
    private Sensor state;
    private Instant since;
    /** From when on an open door is open too long, by the steady clock. */
    private Instant openFrom;

    private boolean heldOpen;

    SensorWatch(SensorConfig config, Clocks clocks) {
        this.config = config;
        this.state = config.type() == SensorConfig.Type.NONE ? Sensor.NONE : Sensor.UNKNOWN;
        this.clocks = clocks;
    }

    Sensor state() {
        return state;
    }

    /** When it last changed; null before the first word. */
    Instant since() {
        return since;
    }

    boolean heldOpen() {
        return heldOpen;
    }

    /**
     * The contact was read.
     *
     * @param allowed whether the door may open just now
     * @return what happened, in its order
     */
    List<Kind> report(boolean open, boolean allowed) {
        Sensor before = state;
        state = open ? Sensor.OPEN : Sensor.CLOSED;
        if (before == state) {
            return List.of();
        }
        since = clocks.now();
        openFrom = clocks.steady().instant();
        heldOpen = false;
        if (!open) {
            return before == Sensor.UNKNOWN ? List.of() : List.of(Kind.DOOR_CLOSED);
        }
        boolean forced = before == Sensor.CLOSED && !allowed && config.reportForced();
        return forced ? List.of(Kind.DOOR_OPENED, Kind.DOOR_FORCED) : List.of(Kind.DOOR_OPENED);
    }

    /** Time went by. Answers true when the door has just become open for too long. */
    boolean becameHeldOpen(boolean mayStayOpen) {
        Instant now = clocks.steady().instant();
        if (mayStayOpen) {
            openFrom = now;
        }
        boolean late = state == Sensor.OPEN && !now.isBefore(openFrom.plus(config.heldOpenAfter()));
        boolean became = late && !heldOpen;
        heldOpen = late;
        return became;
    }
}
