package dev.lintel.door;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Pin;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.testkit.Configs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sightings, people and doors for tests. */
public final class Samples {
    public static final Label ANNA = Label.of("Anna");
    /** A Wednesday noon. */
    public static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    public static final AccessRights STAFF = new AccessRights(List.of("staff"), null, null, true);

    private static final Embedding VECTOR = new Embedding("m", new float[] {1, 2, 3});

    private Samples() {}

    public static Sighting known() {
        return seen("front", Direction.IN, Sighting.Identity.KNOWN, LiveProof.State.LIVE);
    }

    public static Sighting uncertain() {
        return seen("front", Direction.IN, Sighting.Identity.UNCERTAIN, LiveProof.State.LIVE);
    }

    public static Sighting unknown() {
        return seen("front", Direction.IN, Sighting.Identity.UNKNOWN, LiveProof.State.LIVE);
    }

    public static Sighting seen(String camera, Direction direction, Sighting.Identity identity, LiveProof.State live) {
        return seen(camera, direction, identity, new LiveProof(live, 0.93, List.of()));
    }

    /** Somebody known. */
    public static Sighting seen(LiveProof live) {
        return seen("front", Direction.IN, Sighting.Identity.KNOWN, live);
    }

    private static Sighting seen(String camera, Direction direction, Sighting.Identity identity, LiveProof live) {
        return new Sighting(
                UUID.randomUUID(),
                UUID.randomUUID(),
                camera,
                direction,
                NOON,
                NOON,
                NOON,
                12,
                5,
                identity,
                new Candidate(ANNA, 0.7),
                0.412,
                0.6,
                0.18,
                live,
                VECTOR,
                "m");
    }

    public static Pin pin(String digits) {
        return Pin.parse(digits).fold(pin -> pin, refusal -> {
            throw new IllegalArgumentException(refusal.detail());
        });
    }

    /** A door in UTC that is only special in what is given: values by the component names of {@link DoorConfig}. */
    public static DoorConfig door(Map<String, Object> settings) {
        return Configs.with(Configs.of(DoorConfig.class, "id: main", "time-zone: UTC"), settings);
    }
}
