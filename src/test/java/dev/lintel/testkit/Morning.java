package dev.lintel.testkit;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One morning at a door: Anna comes, somebody unknown does not, the door opens. */
public final class Morning {
    public static final Instant AT = Instant.parse("2026-11-24T07:00:00Z");
    private static final Label ANNA = Label.of("Anna");
    private static final UUID ID = new UUID(1, 1);

    private Morning() {}

    /** Newest first. */
    public static List<Recorded> events() {
        DoorEvent anna = decided(ID, ANNA, Sighting.Identity.KNOWN, Decision.Verdict.GRANTED);
        DoorEvent stranger = decided(new UUID(1, 2), null, Sighting.Identity.UNKNOWN, Decision.Verdict.DENIED);
        DoorEvent opened =
                DoorEvent.following(ID, anna.visit(), DoorEvent.Kind.DOOR_OPENED, AT, "main", new Reason("opened"));
        return List.of(new Recorded(3, false, opened), new Recorded(2, false, stranger), new Recorded(1, false, anna));
    }

    private static DoorEvent decided(UUID id, Label person, Sighting.Identity identity, Decision.Verdict verdict) {
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                AT,
                person == null ? null : AT,
                AT,
                9,
                3,
                identity,
                person == null ? null : new Candidate(person, 0.8),
                0.3,
                0.55,
                person == null ? Double.NaN : 0.2,
                new LiveProof(
                        LiveProof.State.LIVE,
                        0.9,
                        List.of(Reason.of("live-score", 0.9, 0.75), Reason.found("depth", "percent", 5))),
                null,
                FakeFaces.MODEL);
        return DoorEvent.of(
                new Decision(id, "main", AT, verdict, person, sighting, "schedule", List.of(new Reason("explained"))));
    }
}
