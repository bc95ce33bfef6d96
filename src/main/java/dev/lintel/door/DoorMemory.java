package dev.lintel.door;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorMode;
import dev.lintel.clock.Clocks;
import dev.lintel.door.policy.DoorState;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Who was let in when, and which way they went. In memory alone, and no longer than it matters, by the steady clock. Used from
 * one event loop.
 */
final class DoorMemory {
    private final Map<Label, Instant> letIn = new HashMap<>();
    private final Zone zone;
    private final Duration coolDown;
    private final Clocks clocks;

    /** A space that one or several doors lead into. */
    static final class Zone {
        private final Map<Label, Way> ways = new HashMap<>();
        private final Duration reset;

        Zone(Duration reset) {
            this.reset = reset;
        }

        /** Nobody knows any more where this person is. Answers whether somebody did. */
        boolean forget(Label person) {
            return ways.remove(person) != null;
        }
    }

    private record Way(Direction direction, Instant steadily, Instant at) {}

    /** What was remembered of one person and one passage, to be taken back. */
    record Mark(Runnable wholly, Runnable way) {
        static final Mark NONE = new Mark(() -> {}, () -> {});
    }

    DoorMemory(Zone zone, Duration coolDown, Clocks clocks) {
        this.zone = zone;
        this.coolDown = coolDown;
        this.clocks = clocks;
    }

    /** @param person null for nobody that has a name */
    DoorState of(Label person, DoorMode mode) {
        Instant now = clocks.steady().instant();
        Instant opened = person == null ? null : letIn.get(person);
        Way way = person == null ? null : zone.ways.get(person);
        return new DoorState(
                mode,
                opened == null ? null : Duration.between(opened, now),
                way == null ? null : way.direction,
                way == null ? null : Duration.between(way.steadily, now),
                way == null ? null : way.at);
    }

    /** Remembers that the door opens for somebody, and that they go through. */
    Mark passes(Label person, Direction direction) {
        Instant now = clocks.steady().instant();
        letIn.values().removeIf(then -> then.plus(coolDown).isBefore(now));
        zone.ways.values().removeIf(way -> way.steadily.plus(zone.reset).isBefore(now));
        Way way = new Way(direction, now, clocks.now());
        Instant before = letIn.put(person, now);
        Way wayBefore = direction == Direction.BOTH ? null : zone.ways.put(person, way);
        Runnable undoWay = () -> restore(zone.ways, person, way, wayBefore);
        return new Mark(
                () -> {
                    restore(letIn, person, now, before);
                    undoWay.run();
                },
                undoWay);
    }

    /** Nothing of this person stays. */
    void forget(Label person) {
        letIn.remove(person);
        zone.forget(person);
    }

    /** What was put in place later stays. */
    private static <T> void restore(Map<Label, T> map, Label person, T mine, T before) {
        if (map.get(person) != mine) {
            return;
        }
        if (before == null) {
            map.remove(person);
        } else {
            map.put(person, before);
        }
    }
}
