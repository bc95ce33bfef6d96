package dev.lintel.door.policy;

import static dev.lintel.door.Samples.ANNA;
import static dev.lintel.door.Samples.NOON;
import static dev.lintel.door.Samples.STAFF;
import static dev.lintel.door.Samples.door;
import static dev.lintel.door.Samples.known;
import static dev.lintel.door.Samples.seen;
import static dev.lintel.door.Samples.uncertain;
import static dev.lintel.door.Samples.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorMode;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.door.DoorConfig;
import dev.lintel.testkit.Configs;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DoorPolicyTest {
    private static final DoorConfig OPEN = Configs.of(DoorConfig.class, "id: main");
    private static final AccessRights NO_PIN = new AccessRights(List.of("staff"), null, null, false);

    private static Ruling decide(DoorConfig door, Sighting seen, AccessRights rights, DoorState state) {
        return DoorPolicy.decide(new Case(door.terms(), door.timetable(), seen, rights, state, NOON, false));
    }

    private static Ruling decide(DoorConfig door, Sighting seen, AccessRights rights) {
        return decide(door, seen, rights, DoorState.FRESH);
    }

    private static void assertRuling(Ruling ruling, Verdict verdict, String rule, boolean opens) {
        assertThat(ruling.verdict()).as(ruling.explanation()).isEqualTo(verdict);
        assertThat(ruling.rule()).isEqualTo(rule);
        assertThat(ruling.opens()).isEqualTo(opens);
        assertThat(ruling.explanation()).isNotBlank().doesNotContain(ANNA.text());
    }

    @Test
    void shouldLetInAKnownLiveFaceAtAnyTimeByDefault() {
        assertRuling(decide(OPEN, known(), AccessRights.NONE_SET), Verdict.GRANTED, "schedule", true);
    }

    @Test
    void shouldExplainWhatWasAskedAndFound() {
        assertThat(decide(OPEN, known(), STAFF).explanation())
                .isEqualTo("group everybody may pass at any time;"
                        + " face known, distance 0.412, limit 0.600, margin 0.180, 5 of 12 frames voted; live, 0.93");
    }

    @Test
    void shouldNameFirstWhatDecidedThatAFaceIsNotLiveAndWhatToDo() {
        LiveProof proof = new LiveProof(
                LiveProof.State.NOT_PROVEN,
                0.72,
                List.of(
                        Reason.of("live-score", 0.72, 0.75),
                        new Reason("network", Map.of("found", 0.868, "frames", 31.0, "needed", 0.72))));

        assertThat(decide(OPEN, seen(proof), STAFF).explanation())
                .startsWith("the face was not proven live; the score 0.72, 0.75 is needed; come nearer");
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void shouldLetNobodyPassInALockDown(Identity identity) {
        assertRuling(
                decide(
                        OPEN,
                        seen("front", Direction.IN, identity, LiveProof.State.LIVE),
                        STAFF,
                        DoorState.FRESH.in(DoorMode.LOCK_DOWN)),
                Verdict.DENIED,
                "lock-down",
                false);
    }

    @Test
    void shouldLetEverybodyPassInFreePassage() {
        Sighting replay = seen("front", Direction.IN, Identity.UNKNOWN, LiveProof.State.ATTACK);

        assertRuling(
                decide(OPEN, replay, null, DoorState.FRESH.in(DoorMode.FREE_PASSAGE)),
                Verdict.GRANTED,
                "free-passage",
                true);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_PROVEN, true, DENIED",
        "ATTACK, true, DENIED",
        "LIVE, true, GRANTED",
        "NOT_PROVEN, false, GRANTED",
        "ATTACK, false, GRANTED"
    })
    void shouldAskForAProofOfLifeUnlessToldNotTo(LiveProof.State live, boolean required, Verdict verdict) {
        DoorConfig door = door(Map.of("requireLiveness", required));

        Ruling ruling = decide(door, seen("front", Direction.IN, Identity.KNOWN, live), STAFF);

        assertThat(ruling.verdict()).isEqualTo(verdict);
        assertThat(ruling.rule()).isEqualTo(verdict == Verdict.DENIED ? "liveness" : "schedule");
    }

    @Test
    void shouldRefuseAStrangerAndWhoIsNotEnrolledAnyMore() {
        assertRuling(decide(OPEN, unknown(), null), Verdict.DENIED, "unknown", false);
        assertRuling(decide(OPEN, known(), null), Verdict.DENIED, "unknown", false);
    }

    @Test
    void shouldSettleAnUncertainFaceByPinOnlyWhereThereIsOne() {
        DoorConfig takesPins = door(Map.of("uncertain", OnUncertain.PIN));

        assertRuling(decide(OPEN, uncertain(), STAFF), Verdict.DENIED, "uncertain", false);
        assertRuling(decide(takesPins, uncertain(), NO_PIN), Verdict.DENIED, "uncertain", false);
        assertRuling(decide(takesPins, uncertain(), STAFF), Verdict.PIN_NEEDED, "uncertain", false);
        assertRuling(
                DoorPolicy.decide(new Case(
                        takesPins.terms(), takesPins.timetable(), uncertain(), STAFF, DoorState.FRESH, NOON, true)),
                Verdict.GRANTED,
                "pin",
                true);
    }

    @Test
    void shouldAskForNoPinFromWhoCouldNotPassWithIt() {
        DoorConfig door =
                door(Map.of("uncertain", OnUncertain.PIN, "schedules", Map.of("staff", List.of("Sat 08:00-12:00"))));

        assertRuling(decide(door, uncertain(), STAFF), Verdict.DENIED, "schedule", false);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T12:00:00Z, , schedule",
        "2026-11-25T12:00:01Z, , validity",
        " , 2026-11-25T12:00:00Z, validity",
        " , 2026-11-25T12:00:01Z, schedule",
        "2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z, schedule",
    })
    void shouldMindFromWhenToWhenSomebodyIsValid(Instant from, Instant until, String rule) {
        assertThat(decide(OPEN, known(), new AccessRights(List.of(), from, until, false))
                        .rule())
                .isEqualTo(rule);
    }

    @Test
    void shouldKeepToTheHoursOfTheGroups() {
        DoorConfig door = door(Map.of(
                "timeZone", ZoneId.of("Europe/Berlin"),
                "schedules", Map.of("staff", List.of("Mon-Fri 07:00-19:00")),
                "holidays", Map.of("2026-12-25", List.of())));

        assertRuling(decide(door, known(), STAFF), Verdict.GRANTED, "schedule", true);
        assertRuling(decide(door, known(), AccessRights.NONE_SET), Verdict.DENIED, "schedule", false);
        assertRuling(
                DoorPolicy.decide(new Case(
                        door.terms(),
                        door.timetable(),
                        known(),
                        STAFF,
                        DoorState.FRESH,
                        Instant.parse("2026-12-25T12:00:00Z"),
                        false)),
                Verdict.DENIED,
                "holiday",
                false);
    }

    @ParameterizedTest
    @CsvSource({"0, cool-down, false", "9, cool-down, false", "10, schedule, true"})
    void shouldNotMoveTheLockAgainInTheCoolDown(long secondsAgo, String rule, boolean opens) {
        DoorState state = new DoorState(
                DoorMode.NORMAL, NOON.minusSeconds(secondsAgo), Direction.IN, NOON.minusSeconds(secondsAgo));

        assertRuling(decide(OPEN, known(), STAFF, state), Verdict.GRANTED, rule, opens);
    }

    @ParameterizedTest
    @CsvSource({
        "HARD, IN, IN, 11, anti-passback",
        "HARD, IN, OUT, 11, schedule",
        "HARD, OUT, OUT, 11, anti-passback",
        "HARD, IN, BOTH, 11, schedule",
        "HARD, IN, IN, 3600, schedule",
        "SOFT, IN, IN, 11, schedule",
        "OFF, IN, IN, 11, schedule",
    })
    void shouldLetNobodyInTwice(PassbackConfig.Mode mode, Direction last, Direction now, long secondsAgo, String rule) {
        DoorConfig door = door(Map.of(
                "antiPassback", Configs.with(Configs.of(PassbackConfig.class, "reset: 1h"), Map.of("mode", mode))));
        Instant then = NOON.minusSeconds(secondsAgo);

        Ruling ruling = decide(
                door,
                seen("side", now, Identity.KNOWN, LiveProof.State.LIVE),
                STAFF,
                new DoorState(DoorMode.NORMAL, then, last, then));

        assertThat(ruling.rule()).isEqualTo(rule);
        assertThat(ruling.explanation().contains("soft")).isEqualTo(mode == PassbackConfig.Mode.SOFT);
    }

    @Test
    void shouldAskTheRulesInTheirOrder() {
        DoorConfig shut = door(Map.of("schedules", Map.of("staff", List.of("Sat 08:00-12:00"))));
        AccessRights ended = new AccessRights(List.of(), null, NOON.minusSeconds(1), false);
        DoorState justLetIn = new DoorState(DoorMode.NORMAL, NOON, Direction.IN, NOON);

        assertThat(decide(shut, seen("front", Direction.IN, Identity.UNKNOWN, LiveProof.State.ATTACK), null)
                        .rule())
                .isEqualTo("liveness");
        assertThat(decide(shut, unknown(), null, justLetIn).rule()).isEqualTo("unknown");
        assertThat(decide(shut, known(), ended, justLetIn).rule()).isEqualTo("validity");
        assertThat(decide(shut, known(), STAFF, justLetIn).rule()).isEqualTo("schedule");
    }

    @Test
    void shouldTakeAPinWithoutAFaceThroughTheSameRules() {
        assertRuling(
                DoorPolicy.decide(new Case(OPEN.terms(), OPEN.timetable(), null, STAFF, DoorState.FRESH, NOON, true)),
                Verdict.GRANTED,
                "pin",
                true);
        assertRuling(
                DoorPolicy.decide(new Case(OPEN.terms(), OPEN.timetable(), null, null, DoorState.FRESH, NOON, true)),
                Verdict.DENIED,
                "unknown",
                false);
    }
}
