package dev.lintel.store;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events as the door hands them in. */
public final class Events {
    static final Instant MORNING = Instant.parse("2026-11-25T07:00:00Z");

    private Events() {}

    /** Somebody known and live whom the door let in. */
    public static DoorEvent granted(String label, Instant at) {
        return granted(UUID.randomUUID(), label, at, Direction.IN);
    }

    static DoorEvent granted(UUID id, String label, Instant at, Direction direction) {
        Label person = Label.of(label);
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                direction,
                at.minusMillis(900),
                at.minusMillis(700),
                at,
                9,
                3,
                Sighting.Identity.KNOWN,
                new Candidate(person, 0.8),
                0.31,
                0.55,
                0.2,
                new LiveProof(
                        LiveProof.State.LIVE,
                        0.93,
                        List.of(Reason.of("live-score", 0.9, 0.75), Reason.found("depth", "percent", 5))),
                StoreTestBase.face(label.hashCode()),
                StoreTestBase.MODEL);
        return DoorEvent.of(new Decision(
                id,
                "main",
                at,
                Decision.Verdict.GRANTED,
                person,
                sighting,
                "schedule",
                List.of(new Reason("known, live and within its hours"))));
    }

    static DoorEvent denied(Instant at) {
        UUID id = UUID.randomUUID();
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                at,
                null,
                at,
                4,
                2,
                Sighting.Identity.UNKNOWN,
                new Candidate(Label.of("Somebody Similar"), 0.3),
                0.9,
                0.55,
                0.05,
                new LiveProof(LiveProof.State.NOT_PROVEN, 0.2, List.of()),
                null,
                StoreTestBase.MODEL);
        return DoorEvent.of(new Decision(
                id,
                "main",
                at,
                Decision.Verdict.DENIED,
                null,
                sighting,
                "unknown",
                List.of(new Reason("nobody known"))));
    }

    static DoorEvent opened(DoorEvent cause) {
        return DoorEvent.following(
                cause.id(),
                cause.visit(),
                DoorEvent.Kind.DOOR_OPENED,
                cause.at().plusSeconds(1),
                "main",
                new Reason("opened"));
    }
}
