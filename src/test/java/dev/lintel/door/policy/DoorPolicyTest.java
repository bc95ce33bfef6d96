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
import dev.lintel.access.Sentences;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.door.DoorConfig;
import dev.lintel.testkit.Configs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DoorPolicyTest {
    private static final DoorConfig OPEN = Configs.of(DoorConfig.class, "id: main");
    private static final AccessRights NO_PIN = new AccessRights(List.of("staff"), null, null, false);

    private static Ruling decide(DoorConfig door, Sighting seen, AccessRights rights, DoorState state) {
        return DoorPolicy.decide(new Case(door.terms(), door.timetable(), seen, rights, state, NOON, true, false));
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
                        takesPins.terms(),
                        takesPins.timetable(),
                        uncertain(),
                        STAFF,
                        DoorState.FRESH,
                        NOON,
                        true,
                        true)),
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
                        true,
                        false)),
                Verdict.DENIED,
                "holiday",
                false);
    }

    @ParameterizedTest
    @CsvSource({"0, cool-down, false", "9, cool-down, false", "10, schedule, true"})
    void shouldNotMoveTheLockAgainInTheCoolDown(long secondsAgo, String rule, boolean opens) {
        Duration ago = Duration.ofSeconds(secondsAgo);
        DoorState state = new DoorState(DoorMode.NORMAL, ago, Direction.IN, ago, NOON.minus(ago));

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
        Duration ago = Duration.ofSeconds(secondsAgo);

        Ruling ruling = decide(
                door,
                seen("side", now, Identity.KNOWN, LiveProof.State.LIVE),
                STAFF,
                new DoorState(DoorMode.NORMAL, ago, last, ago, NOON.minus(ago)));

        assertThat(ruling.rule()).isEqualTo(rule);
        assertThat(ruling.explanation().contains("soft")).isEqualTo(mode == PassbackConfig.Mode.SOFT);
    }

    @Test
    void shouldAskTheRulesInTheirOrder() {
        DoorConfig shut = door(Map.of("schedules", Map.of("staff", List.of("Sat 08:00-12:00"))));
        AccessRights ended = new AccessRights(List.of(), null, NOON.minusSeconds(1), false);
        DoorState justLetIn = new DoorState(DoorMode.NORMAL, Duration.ZERO, Direction.IN, Duration.ZERO, NOON);

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
                DoorPolicy.decide(
                        new Case(OPEN.terms(), OPEN.timetable(), null, STAFF, DoorState.FRESH, NOON, true, true)),
                Verdict.GRANTED,
                "pin",
                true);
        assertRuling(
                DoorPolicy.decide(
                        new Case(OPEN.terms(), OPEN.timetable(), null, null, DoorState.FRESH, NOON, true, true)),
                Verdict.DENIED,
                "unknown",
                false);
    }

    @Test
    void shouldLetAPinSettleThatAFaceIsNotProvenLiveWhereTheDoorSaysSo() {
        DoorConfig takesPins = door(Map.of("notLive", OnUncertain.PIN));
        Sighting dim = seen("front", Direction.IN, Identity.KNOWN, LiveProof.State.NOT_PROVEN);
        Sighting photo = seen("front", Direction.IN, Identity.KNOWN, LiveProof.State.ATTACK);

        assertRuling(decide(OPEN, dim, STAFF), Verdict.DENIED, "liveness", false);
        assertRuling(decide(takesPins, dim, STAFF), Verdict.PIN_NEEDED, "liveness", false);
        assertRuling(decide(takesPins, dim, NO_PIN), Verdict.DENIED, "liveness", false);
        assertRuling(typed(takesPins, dim), Verdict.GRANTED, "pin", true);
        assertThat(List.of(decide(takesPins, photo, STAFF), typed(takesPins, photo), typed(OPEN, dim)))
                .as("a photo, whatever is typed; and a door that takes none")
                .allSatisfy(ruling -> assertRuling(ruling, Verdict.DENIED, "liveness", false));
    }

    @Test
    void shouldNotLetAFaceThatIsNotProvenLiveRideOnTheCoolDownOfThePerson() {
        DoorConfig takesPins = door(Map.of("notLive", OnUncertain.PIN));
        DoorState justLetIn = new DoorState(DoorMode.NORMAL, Duration.ZERO, Direction.IN, Duration.ZERO, NOON);
        Sighting dim = seen("front", Direction.IN, Identity.KNOWN, LiveProof.State.NOT_PROVEN);

        assertRuling(decide(takesPins, dim, STAFF, justLetIn), Verdict.PIN_NEEDED, "liveness", false);
    }

    @Test
    void shouldSayInThePinsCaseWhatWasNeededToo() {
        LiveProof proof = new LiveProof(LiveProof.State.NOT_PROVEN, 0.72, List.of(Reason.of("live-score", 0.72, 0.75)));

        assertThat(decide(door(Map.of("notLive", OnUncertain.PIN)), seen(proof), STAFF)
                        .explanation())
                .startsWith("the face was not proven live; the score 0.72, 0.75 is needed; come nearer")
                .contains("; the PIN is to settle it;");
    }

    @Test
    void shouldLetInOnlyWhomNoHoursAndDatesConcernWhileTheTimeIsNotKnown() {
        DoorConfig hours = door(
                Map.of("schedules", Map.of("staff", List.of("Mon-Fri 07:00-19:00"), "caretakers", List.of("always"))));
        AccessRights caretaker = new AccessRights(List.of("caretakers"), null, null, false);
        AccessRights until = new AccessRights(List.of("caretakers"), null, NOON.plusSeconds(60), false);

        assertRuling(timeless(hours, STAFF), Verdict.DENIED, "clock", false);
        assertRuling(timeless(hours, until), Verdict.DENIED, "clock", false);
        assertRuling(timeless(hours, caretaker), Verdict.GRANTED, "schedule", true);
        assertThat(timeless(hours, caretaker).reasons())
                .as("its own time is wrong")
                .contains(new Reason(Reason.CLOCK));
    }

    private static Ruling timeless(DoorConfig door, AccessRights rights) {
        return DoorPolicy.decide(
                new Case(door.terms(), door.timetable(), known(), rights, DoorState.FRESH, NOON, false, false));
    }

    private static Ruling typed(DoorConfig door, Sighting seen) {
        return DoorPolicy.decide(
                new Case(door.terms(), door.timetable(), seen, STAFF, DoorState.FRESH, NOON, true, true));
    }

    @ParameterizedTest
    @MethodSource("everyRuling")
    void shouldSayEverythingInWordsThatHaveASentence(Ruling ruling) {
        assertThat(ruling.reasons())
                .allSatisfy(reason -> assertThat(Sentences.codes()).contains(reason.code()))
                .allSatisfy(reason -> assertThat(reason.sentence()).doesNotContain("{", "}"));
        assertThat(DoorPolicy.NAMES).contains(ruling.rule());
    }

    static Stream<Ruling> everyRuling() {
        DoorConfig pins = door(Map.of("uncertain", OnUncertain.PIN, "notLive", OnUncertain.PIN));
        DoorConfig shut = door(Map.of("schedules", Map.of("staff", List.of("Sat 08:00-12:00"))));
        return Stream.of(OPEN, pins, shut)
                .flatMap(door -> Stream.of(Identity.values())
                        .flatMap(identity -> Stream.of(LiveProof.State.values())
                                .map(live -> seen("front", Direction.IN, identity, live)))
                        .flatMap(sighting -> Stream.of(STAFF, NO_PIN, AccessRights.NONE_SET)
                                .flatMap(rights -> Stream.of(DoorMode.values())
                                        .map(mode -> decide(door, sighting, rights, DoorState.FRESH.in(mode))))));
    }
}
