package dev.lintel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDocumentTest {
    private static final Instant SEEN = Instant.parse("2026-11-25T08:00:00Z");
    private static final Instant NOW = SEEN.plusMillis(412);
    private static final Label ANNA = Label.of("Anna");
    private static final Naming IDS =
            Naming.ids(label -> "id-of-" + label.text().length());
    private static final UUID VISIT = new UUID(5, 6);

    private static Sighting sighting(Sighting.Identity identity, double margin) {
        return new Sighting(
                new UUID(3, 4),
                VISIT,
                "front",
                Direction.IN,
                SEEN.minusMillis(900),
                identity == Sighting.Identity.UNKNOWN ? null : SEEN.minusMillis(700),
                SEEN,
                9,
                3,
                identity,
                new Candidate(ANNA, 0.8),
                0.31,
                0.55,
                margin,
                new LiveProof(LiveProof.State.NOT_PROVEN, 0.4, List.of(Reason.of("frames", 3, 8))),
                new Embedding("m", new float[] {1, 2}),
                "m");
    }

    private static DoorEvent decided(Label person, Sighting sighting) {
        return DoorEvent.of(new Decision(
                new UUID(1, 2),
                "main",
                SEEN.plusMillis(3),
                Decision.Verdict.GRANTED,
                person,
                sighting,
                "schedule",
                List.of(new Reason("why"))));
    }

    private static DoorEvent known() {
        return decided(ANNA, sighting(Sighting.Identity.KNOWN, 0.2));
    }

    static Stream<DoorEvent> events() {
        return Stream.of(
                known(),
                decided(null, sighting(Sighting.Identity.UNKNOWN, 0)),
                decided(ANNA, null),
                DoorEvent.following(
                        new UUID(1, 2),
                        known().visit(),
                        DoorEvent.Kind.DOOR_UNLOCKED,
                        NOW,
                        "main",
                        new Reason("released")),
                DoorEvent.following(
                        new UUID(1, 2),
                        null,
                        DoorEvent.Kind.MODE_CHANGED,
                        NOW,
                        "main",
                        Reason.at("mode-until", "until", NOW).with("mode", "normal")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldReadWhatItWroteButForVectorsAndWhomAFaceResembled(DoorEvent event) {
        DoorEvent read = EventDocument.read(EventDocument.write(event, Naming.FULL, NOW));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("decision.sighting.embedding", "decision.sighting.nearest")
                .isEqualTo(event);
    }

    @Test
    void shouldKeepThatThereIsNoMargin() {
        DoorEvent alone = decided(ANNA, sighting(Sighting.Identity.KNOWN, Double.POSITIVE_INFINITY));

        Map<String, Object> document = EventDocument.write(alone, Naming.FULL, NOW);

        assertThat(document.toString()).contains("margin=null");
        assertThat(EventDocument.read(document).decision().sighting().margin()).isNaN();
    }

    @Test
    void shouldSayWhichVisitItConcernsAndHowOldTheSightingIsWhenSent() {
        DoorEvent unlocked = DoorEvent.following(
                new UUID(1, 2), known().visit(), DoorEvent.Kind.DOOR_UNLOCKED, NOW, "main", new Reason("released"));

        assertThat(List.of(known(), unlocked))
                .extracting(event -> EventDocument.write(event, Naming.FULL, NOW))
                .allSatisfy(document -> assertThat(document)
                        .containsEntry("v", 2)
                        .containsEntry("visit", VISIT.toString())
                        .containsEntry("age_ms", 412L));
        assertThat(EventDocument.write(known(), Naming.FULL, SEEN.minusSeconds(9)))
                .as("the clock was set back")
                .containsEntry("age_ms", 0L);
    }

    @Test
    void shouldCallPeopleAsTheReaderMayKnowThem() {
        assertThat(EventDocument.write(known(), Naming.FULL, NOW))
                .containsEntry("label", "Anna")
                .containsEntry("names", "full");
        assertThat(EventDocument.write(known(), IDS, NOW))
                .containsEntry("label", "id-of-4")
                .containsEntry("names", "ids");
        assertThat(EventDocument.write(known(), Naming.NONE, NOW)).containsEntry("label", null);
        assertThat(EventDocument.write(known(), IDS, NOW).toString()).doesNotContain("Anna");
        assertThat(EventDocument.read(EventDocument.write(known(), IDS, NOW)).person())
                .as("an id is no label")
                .isNull();
    }

    @Test
    void shouldContainADecisionWithoutRepeatingIt() {
        Map<String, Object> document = EventDocument.write(new Recorded(7, true, known()), Naming.FULL, NOW);

        assertThat(document).containsEntry("sequence", 7L).containsEntry("detail", "why");
        assertThat(document.get("decision"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("verdict", "rule", "passage", "sighting");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "kind", "at", "direction", "detail", "seen_at"})
    void shouldNameTheMemberThatIsWrong(String member) {
        Map<String, Object> document = EventDocument.write(known(), Naming.FULL, NOW);
        document.put(member, member.equals("detail") ? 5 : "?");

        assertThatThrownBy(() -> EventDocument.read(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(member + ": must be");
    }

    @Test
    void shouldRefuseAnotherVersion() {
        Map<String, Object> document = EventDocument.write(known(), Naming.FULL, NOW);
        document.put("v", 3);

        assertThatThrownBy(() -> EventDocument.read(document)).hasMessage("v: must be 2, was 3");
    }
}
