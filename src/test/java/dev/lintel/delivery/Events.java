package dev.lintel.delivery;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Things that happened at a door. */
final class Events {
    static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
    static final Label ANNA = Label.of("Anna Ärger");
    static final Label BO = Label.of("Bo");

    private Events() {}

    /** Anna may pass. */
    static DoorEvent granted(String name, Label person) {
        return granted(name, person, NOW);
    }

    static DoorEvent granted(String name, Label person, Instant at) {
        return decided(name, person, at, Decision.Verdict.GRANTED, Sighting.Identity.KNOWN);
    }

    /** Somebody who looks a little like Anna may not. */
    static DoorEvent stranger(String name) {
        return decided(name, null, NOW, Decision.Verdict.DENIED, Sighting.Identity.UNKNOWN);
    }

    /** Somebody whom the vote named, and who was not proven live. */
    static DoorEvent photo(String name, Label person) {
        return decided(name, person, NOW, Decision.Verdict.DENIED, Sighting.Identity.KNOWN, LiveProof.State.NOT_PROVEN);
    }

    static DoorEvent of(String name, DoorEvent.Kind kind) {
        return new DoorEvent(id(name), kind, NOW, null, null, "main", Direction.BOTH, null, null, List.of());
    }

    static Recorded recorded(long sequence, DoorEvent event) {
        return new Recorded(sequence, true, event);
    }

    private static DoorEvent decided(
            String name, Label person, Instant at, Decision.Verdict verdict, Sighting.Identity identity) {
        return decided(name, person, at, verdict, identity, LiveProof.State.LIVE);
    }

    private static DoorEvent decided(
            String name,
            Label person,
            Instant at,
            Decision.Verdict verdict,
            Sighting.Identity identity,
            LiveProof.State live) {
        Candidate nearest = new Candidate(person == null ? ANNA : person, 0.7);
        Sighting sighting = new Sighting(
                id(name),
                id("visit " + name),
                "front",
                Direction.IN,
                at,
                at,
                at,
                9,
                3,
                identity,
                nearest,
                0.41,
                0.55,
                0.2,
                new LiveProof(
                        live, 0.9, List.of(Reason.of("live-score", 0.9, 0.75), Reason.found("depth", "percent", 5))),
                new Embedding("m", new float[] {1, 2, 3}),
                "m");
        return DoorEvent.of(new Decision(
                id(name),
                "main",
                at,
                verdict,
                person,
                sighting,
                "schedule",
                List.of(new Reason("asked within the hours of the group"))));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
