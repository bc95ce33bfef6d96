package dev.lintel.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Passage;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import dev.lintel.testkit.Configs;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CountingTest {
    private static final Instant NOW = Instant.parse("2026-11-25T07:00:00Z");
    private static final Label ANNA = Label.of("Anna");

    @Test
    void shouldCountWhomADoorLetIn() {
        assertThat(counts(
                        null,
                        null,
                        event("main", Verdict.GRANTED, Identity.UNCERTAIN, LiveProof.State.NOT_PROVEN, ANNA)))
                .isTrue();
        assertThat(counts(null, null, event("main", Verdict.DENIED, Identity.KNOWN, LiveProof.State.LIVE, ANNA)))
                .isFalse();
        assertThat(counts(null, null, event("main", Verdict.GRANTED, Identity.UNKNOWN, LiveProof.State.LIVE, null)))
                .isFalse();
        assertThat(counts(false, null, event("main", Verdict.GRANTED, Identity.KNOWN, LiveProof.State.LIVE, ANNA)))
                .isFalse();
    }

    @Test
    void shouldCountWhoIsKnownAndLiveWhereNoDoorIs() {
        assertThat(counts(null, null, event(null, Verdict.DENIED, Identity.KNOWN, LiveProof.State.LIVE, ANNA)))
                .isTrue();
        assertThat(counts(null, null, event(null, Verdict.DENIED, Identity.KNOWN, LiveProof.State.NOT_PROVEN, ANNA)))
                .isFalse();
        assertThat(counts(null, null, event(null, Verdict.DENIED, Identity.UNCERTAIN, LiveProof.State.LIVE, ANNA)))
                .isFalse();
        assertThat(counts(null, false, event(null, Verdict.DENIED, Identity.KNOWN, LiveProof.State.LIVE, ANNA)))
                .isFalse();
    }

    @Test
    void shouldCountOnlyAtTheConfiguredPoints() {
        DoorEvent event = event("main", Verdict.GRANTED, Identity.KNOWN, LiveProof.State.LIVE, ANNA);

        assertThat(new Counting(config(null, null, null, List.of("front"))).counts(event))
                .isTrue();
        assertThat(new Counting(config(null, null, null, List.of("main"))).counts(event))
                .isTrue();
        assertThat(new Counting(config(null, null, null, List.of("back"))).counts(event))
                .isFalse();
        assertThat(new Counting(config(false, null, null, null)).counts(event)).isFalse();
    }

    @Test
    void shouldExplainWrongConfiguration() {
        assertThatThrownBy(() -> Configs.attendance("time-zone: Europe/Wien"))
                .hasMessage("time-zone: must be a region such as Europe/Berlin, was Europe/Wien");
        assertThatThrownBy(() -> Configs.attendance("day-start: 24")).hasMessage("day-start: must be 0..23, was 24");
        assertThatThrownBy(() -> Configs.attendance("keep-events: 5h"))
                .hasMessage("keep-events: must be 1d..36500d, was 5h");
        assertThatThrownBy(() -> Configs.attendance("holidays: [2026-02-30]"))
                .hasMessage("holidays[0]: must be a date such as 2026-12-25, was 2026-02-30");
        assertThatThrownBy(() -> new ShiftConfig(List.of("mon"), "08:00", "16:00", List.of("Night ShiftConfig")))
                .hasMessage("groups: must be 1 to 40 of a-z 0-9 - _, was Night ShiftConfig");
        assertThatThrownBy(() -> new ShiftConfig(List.of("monday"), "08:00", "16:00", List.of()))
                .hasMessage("days: must be of mon, tue, wed, thu, fri, sat, sun, was monday");
        assertThatThrownBy(() -> new ShiftConfig(List.of("mon"), "8", "16:00", List.of()))
                .hasMessage("start: must be a time such as 08:00, was 8");
    }

    @Test
    void shouldCountADecisionForADoorOnlyWhereNothingTellsMore() {
        assertThat(counts(null, null, event(Passage.AWAITED)))
                .as("the lock has yet to open")
                .isFalse();
        assertThat(counts(null, null, event(Passage.NONE)))
                .as("let in a moment ago")
                .isFalse();
        assertThat(counts(null, null, event(Passage.AT_ONCE))).isTrue();

        DoorEvent passed = DoorEvent.passed(event(Passage.AWAITED).decision(), NOW, new Reason("passed-lock"));
        assertThat(counts(null, null, passed)).isTrue();
        assertThat(counts(false, null, passed)).isFalse();
    }

    @Test
    void shouldNotCountWhoWasSeenAtATimeThatNobodyKnew() {
        Decision seen = event(null, Verdict.DENIED, Identity.KNOWN, LiveProof.State.LIVE, ANNA)
                .decision();
        DoorEvent timeless = DoorEvent.of(new Decision(
                seen.id(),
                null,
                NOW,
                Verdict.DENIED,
                ANNA,
                seen.sighting(),
                "rule",
                List.of(new Reason(Reason.CLOCK))));

        assertThat(counts(null, null, DoorEvent.of(seen))).isTrue();
        assertThat(counts(null, null, timeless)).isFalse();
    }

    private static DoorEvent event(Passage passage) {
        Decision granted = event("main", Verdict.GRANTED, Identity.KNOWN, LiveProof.State.LIVE, ANNA)
                .decision();
        return DoorEvent.of(new Decision(
                granted.id(), "main", NOW, Verdict.GRANTED, ANNA, granted.sighting(), "rule", passage, List.of()));
    }

    private static boolean counts(Boolean granted, Boolean seen, DoorEvent event) {
        return new Counting(config(null, granted, seen, null)).counts(event);
    }

    private static AttendanceConfig config(Boolean enabled, Boolean granted, Boolean seen, List<String> points) {
        Map<String, Object> set = new HashMap<>();
        set.put("enabled", enabled);
        set.put("countGranted", granted);
        set.put("countSeen", seen);
        set.put("points", points);
        set.values().removeIf(Objects::isNull);
        return Configs.with(Configs.attendance(), set);
    }

    private static DoorEvent event(
            String door, Verdict verdict, Identity identity, LiveProof.State live, Label person) {
        UUID id = UUID.randomUUID();
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                NOW,
                NOW,
                NOW,
                5,
                2,
                identity,
                new Candidate(ANNA, 0.8),
                0.3,
                0.5,
                0.1,
                new LiveProof(live, 0.5, List.of()),
                null,
                "m");
        return DoorEvent.of(new Decision(id, door, NOW, verdict, person, sighting, "rule", List.of(new Reason("why"))));
    }
}
