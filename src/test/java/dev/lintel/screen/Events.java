package dev.lintel.screen;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.face.Label;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Things that happened at a door, as far as a screen is concerned. */
final class Events {
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    private Events() {}

    static DoorEvent granted(String door, String person) {
        return decided(door, Verdict.GRANTED, Label.of(person), "schedule");
    }

    static DoorEvent denied(String door, String rule) {
        return decided(door, Verdict.DENIED, null, rule);
    }

    static DoorEvent failed(String door) {
        return of(Kind.DOOR_FAILED, null, door);
    }

    static DoorEvent lost(String camera) {
        return of(Kind.CAMERA_LOST, camera, null);
    }

    static DoorEvent back(String camera) {
        return of(Kind.CAMERA_BACK, camera, null);
    }

    private static DoorEvent of(Kind kind, String camera, String door) {
        return new DoorEvent(UUID.randomUUID(), kind, NOW, null, camera, door, Direction.BOTH, null, null, List.of());
    }

    private static DoorEvent decided(String door, Verdict verdict, Label person, String rule) {
        return DoorEvent.of(new Decision(UUID.randomUUID(), door, NOW, verdict, person, null, rule, List.of()));
    }
}
