package dev.lintel.door;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorMode;
import dev.lintel.door.policy.DoorState;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Who was let in when, and which way they went. In memory alone, and no longer than it matters. Used from one event loop.
 */
final class DoorMemory {
    private final Map<Label, Instant> letIn = new HashMap<>();
    private final Zone zone;
    private final Duration coolDown;

    /** A space that one or several doors lead into. */
    static final class Zone {
        private final Map<Label, Way> ways = new HashMap<>();
        private final Duration reset;

        Zone(Duration reset) {
            this.reset = reset;
        }
    }

    private record Way(Direction direction, Instant at) {}

    DoorMemory(Zone zone, Duration coolDown) {
        this.zone = zone;
        this.coolDown = coolDown;
    }

    /** @param person null for nobody that has a name */
    DoorState of(Label person, DoorMode mode) {
        Way way = person == null ? null : zone.ways.get(person);
        return new DoorState(
                mode,
                person == null ? null : letIn.get(person),
                way == null ? null : way.direction,
                way == null ? null : way.at);
    }

    /** Remembers that somebody was let through; the returned handle forgets it again. */
    Runnable passed(Label person, Direction direction, Instant at) {
        letIn.values().removeIf(then -> then.plus(coolDown).isBefore(at));
        zone.ways.values().removeIf(way -> way.at.plus(zone.reset).isBefore(at));
        if (person == null) {
            return () -> {};
        }
        Instant before = letIn.put(person, at);
        Way wayBefore =
                direction == Direction.BOTH ? zone.ways.get(person) : zone.ways.put(person, new Way(direction, at));
        return () -> {
            restore(letIn, person, before);
            restore(zone.ways, person, wayBefore);
        };
    }

    /** Nothing of this person stays. */
    void forget(Label person) {
        letIn.remove(person);
        zone.ways.remove(person);
    }

    private static <T> void restore(Map<Label, T> map, Label person, T before) {
        if (before == null) {
            map.remove(person);
        } else {
            map.put(person, before);
        }
    }
}
