package dev.lintel.door;

import static dev.lintel.door.Samples.ANNA;
import static dev.lintel.door.Samples.NOON;
import static dev.lintel.door.Samples.STAFF;
import static dev.lintel.door.Samples.door;
import static dev.lintel.door.Samples.known;
import static dev.lintel.door.Samples.pin;
import static dev.lintel.door.Samples.seen;
import static dev.lintel.door.Samples.uncertain;
import static dev.lintel.door.Samples.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Passage;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.DoorStatus.LockState;
import dev.lintel.access.LiveProof;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Address;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Message;
import dev.lintel.clock.Clocks;
import dev.lintel.door.DoorConfig.OnFailure;
import dev.lintel.door.lock.GpioLockConfig;
import dev.lintel.door.lock.LockConfig;
import dev.lintel.door.lock.LockException;
import dev.lintel.door.policy.DoorPolicy;
import dev.lintel.door.policy.OnUncertain;
import dev.lintel.door.policy.PassbackConfig;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.DecideSighting;
import dev.lintel.messages.DoorMessages.EnterPin;
import dev.lintel.messages.DoorMessages.ForgivePassback;
import dev.lintel.messages.DoorMessages.ListDoors;
import dev.lintel.messages.DoorMessages.ReportSensor;
import dev.lintel.messages.DoorMessages.SetDoorMode;
import dev.lintel.messages.DoorMessages.UnlockDoor;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.PersonForgotten;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Doors with GPIO locks on an imagined chip: what is decided, recorded and driven, in this order. */
class DoorVerticleTest {
    private static final String RELAY = "gpiochip0/17";
    private static final LockConfig GPIO = gpio(true);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final FakeRecords store = new FakeRecords();
    private final FakeChips chips = new FakeChips();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** Both clocks go together, unless a test sets the one on the wall. */
    private volatile Instant now = NOON;

    private volatile Duration setBy = Duration.ZERO;
    private volatile boolean timeKnown = true;
    private String deployment;

    private static LockConfig gpio(boolean hold) {
        return Configs.of(GpioLockConfig.class, "pulse: 5m", "hold: " + hold, "chip: gpiochip0", "line: 17");
    }

    @BeforeEach
    void serveTheStore() {
        await(store.serve(bus));
        store.rights.put(ANNA, STAFF);
        store.pins.put(ANNA, pin("2468"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void shouldRecordTheDecisionBeforeItOpens() {
        deploy(Map.of("lock", GPIO));
        Sighting anna = known();

        Decision decision = decide(anna);

        assertThat(decision.verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decision.id()).isEqualTo(anna.id());
        assertThat(decision.door()).isEqualTo("main");
        assertThat(decision.whom()).contains(ANNA);
        assertThat(store.kinds()).containsExactly(Kind.DECISION, Kind.DOOR_UNLOCKED, Kind.PASSED);
        assertThat(store.events).allSatisfy(event -> assertThat(event.visit()).isEqualTo(anna.ref()));
        assertThat(chips.level(RELAY)).isTrue();
        assertThat(meters.counter("lintel.door.openings", "door", "main").count())
                .isEqualTo(1);
        assertThat(meters.counter("lintel.door.decisions", "door", "main", "verdict", "granted", "rule", "schedule")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldLeaveTheDoorShutForAStranger() {
        deploy(Map.of("lock", GPIO));

        assertThat(decide(unknown()).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(store.kinds()).containsExactly(Kind.DECISION);
        assertThat(chips.level(RELAY)).isFalse();
    }

    @Test
    void shouldOpenForWhoWaitsOnceALockDownEndsAndRecordEachChangeOnce() {
        deploy(Map.of("lock", GPIO));
        await(mode(new ModeSetting(DoorMode.LOCK_DOWN, null)));
        decide(known());
        for (int i = 0; i < 5; i++) {
            now = now.plusSeconds(11);
            assertThat(again(known()).rule()).isEqualTo("lock-down");
        }
        assertThat(decisions()).isEqualTo(1);

        await(mode(ModeSetting.NORMAL));
        now = now.plusSeconds(11);

        assertThat(again(known()).verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decisions()).isEqualTo(2);
        assertThat(chips.level(RELAY)).isTrue();
    }

    @Test
    void shouldOpenAFewTimesMoreForWhoMissedThePulseAndThenNoLonger() {
        deploy(Map.of("lock", GPIO, "antiPassback", Configs.of(PassbackConfig.class, "mode: off")));
        decide(known());
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(11);
            assertThat(again(known()).verdict()).isEqualTo(Verdict.GRANTED);
        }

        assertThat(decisions()).isEqualTo(3);
        assertThat(meters.counter("lintel.door.openings", "door", "main").count())
                .isEqualTo(3);
    }

    @Test
    void shouldNotOpenAgainWithinTheCoolDown() {
        deploy(Map.of("lock", GPIO));
        decide(known());
        now = now.plusSeconds(5);

        assertThat(again(known()).verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decisions()).isEqualTo(1);
    }

    @Test
    void shouldNotCallWhoWasLetInAndStaysAViolationOfTheAntiPassback() {
        deploy(Map.of("antiPassback", Configs.of(PassbackConfig.class, "mode: hard")));
        decide(known());
        now = now.plusSeconds(11);

        assertThat(again(known()).verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decisions()).isEqualTo(1);
    }

    private long decisions() {
        return store.kinds().stream().filter(kind -> kind == Kind.DECISION).count();
    }

    @Test
    void shouldAnswerASightingThatItKnowsAsBeforeAndNotOpenAgain() {
        deploy(Map.of("lock", GPIO, "coolDown", Duration.ZERO));
        Sighting anna = known();
        Decision first = decide(anna);
        now = now.plusSeconds(60);

        assertThat(decide(anna)).isEqualTo(first);
        assertThat(store.kinds()).containsExactly(Kind.DECISION, Kind.DOOR_UNLOCKED, Kind.PASSED);
    }

    @Test
    void shouldNotMoveTheLockAgainInTheCoolDown() {
        deploy(Map.of("lock", GPIO));
        decide(known());
        now = now.plusSeconds(5);

        assertThat(decide(known()).rule()).isEqualTo("cool-down");
        assertThat(store.kinds()).containsExactly(Kind.DECISION, Kind.DOOR_UNLOCKED, Kind.PASSED, Kind.DECISION);
        now = now.plusSeconds(10);
        assertThat(decide(known()).rule()).isEqualTo("schedule");
    }

    @Test
    void shouldStayShutWithoutARecordWhereItIsFailSecure() {
        deploy(Map.of("lock", GPIO));
        store.recordsNothing = true;

        Decision decision = decide(known());

        assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(decision.rule()).isEqualTo("fail-secure");
        assertThat(chips.level(RELAY)).isFalse();
        store.recordsNothing = false;
        assertThat(decide(known()).rule())
                .as("no cool-down after a door that stayed shut")
                .isEqualTo("schedule");
    }

    @Test
    void shouldOpenWithoutARecordWhereItIsFailSafe() {
        deploy(Map.of("lock", GPIO, "fail", OnFailure.SAFE));
        store.recordsNothing = true;

        assertThat(decide(unknown()).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(chips.level(RELAY)).isFalse();
        Decision decision = decide(known());
        assertThat(decision.verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decision.rule()).isEqualTo("fail-safe");
        assertThat(chips.level(RELAY)).isTrue();
    }

    @Test
    void shouldOpenOnlyToTheRecognisedWhenItCannotDecide() {
        deploy(Map.of("lock", GPIO, "fail", OnFailure.SAFE, "uncertain", OnUncertain.PIN));
        store.knowsNothing = true;

        assertThat(decide(uncertain()).rule()).isEqualTo("fail-secure");
        assertThat(decide(seen("front", Direction.IN, Sighting.Identity.KNOWN, LiveProof.State.NOT_PROVEN))
                        .rule())
                .isEqualTo("fail-secure");
        assertThat(chips.level(RELAY)).isFalse();
        assertThat(decide(known()).rule()).isEqualTo("fail-safe");
        assertThat(chips.level(RELAY)).isTrue();
    }

    @Test
    void shouldStayShutWhenItCannotDecideAndIsFailSecure() {
        deploy(Map.of("lock", GPIO));
        store.knowsNothing = true;

        assertThat(decide(known()).rule()).isEqualTo("fail-secure");
        assertThat(chips.level(RELAY)).isFalse();
    }

    @Test
    void shouldReportALockThatCannotBeDriven() {
        deploy(Map.of("lock", GPIO));
        chips.broken = true;

        assertThat(decide(known()).verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(store.kinds()).contains(Kind.DOOR_FAILED).doesNotContain(Kind.DOOR_UNLOCKED, Kind.PASSED);
        assertThat(status().lock()).isEqualTo(LockState.FAILED);
        assertThat(meters.counter("lintel.door.lock.failures", "door", "main").count())
                .isEqualTo(1);
        chips.broken = false;
    }

    @Test
    void shouldSayThatTheDoorStayedShutWhenAnOperatorFindsADeadLock() {
        deploy(Map.of("lock", GPIO));
        chips.broken = true;

        Outcome<Decision> outcome = await(bus.ask(DoorMessages.UNLOCK, new UnlockDoor("main", "desk", soon())));

        assertThat(code(outcome)).isEqualTo(Refusal.Code.LOCK_FAILED);
        assertThat(store.kinds()).contains(Kind.DOOR_FAILED).doesNotContain(Kind.DOOR_UNLOCKED, Kind.PASSED);
        chips.broken = false;
    }

    @Test
    void shouldNotCountAsPassedWhoFoundADeadLock() {
        deploy(Map.of("lock", GPIO, "antiPassback", Configs.of(PassbackConfig.class, "mode: hard", "reset: 1h")));
        chips.broken = true;
        decide(known());
        chips.broken = false;
        now = now.plusSeconds(60);

        assertThat(decide(known()).verdict()).isEqualTo(Verdict.GRANTED);
        now = now.plusSeconds(60);
        assertThat(decide(known()).rule()).isEqualTo("anti-passback");
    }

    @Test
    void shouldLockWhenItIsStopped() {
        deploy(Map.of("lock", GPIO));
        decide(known());
        assertThat(chips.level(RELAY)).isTrue();

        await(vertx.undeploy(deployment));

        assertThat(chips.level(RELAY)).isFalse();
        assertThat(chips.closed).isTrue();
    }

    @Test
    void shouldNotStartWithALockThatIsNotThere() {
        LockConfig gone = Configs.of(GpioLockConfig.class, "chip: gpiochip9", "line: 1");

        assertThatThrownBy(() -> deploy(Map.of("lock", gone)))
                .hasRootCauseInstanceOf(LockException.class)
                .hasStackTraceContaining("door main: there is no gpiochip9");
    }

    @Test
    void shouldOpenAfterThePinOfWhomTheUncertainFaceResembles() {
        deploy(Map.of("lock", GPIO, "uncertain", OnUncertain.PIN));
        Decision asked = decide(uncertain());
        assertThat(asked.verdict()).isEqualTo(Verdict.PIN_NEEDED);
        assertThat(asked.whom()).as("nobody was named yet").isEmpty();

        Decision decision = value(enter(null, "2468"));

        assertThat(decision.verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decision.rule()).isEqualTo("pin");
        assertThat(decision.whom()).contains(ANNA);
        assertThat(decision.id()).isNotEqualTo(asked.id());
        assertThat(chips.level(RELAY)).isTrue();
        assertThat(code(enter(null, "2468"))).as("once").isEqualTo(Refusal.Code.NO_PIN_EXPECTED);
    }

    @Test
    void shouldTakeAPinOnlyInTime() {
        deploy(Map.of("uncertain", OnUncertain.PIN));
        assertThat(code(enter(null, "2468"))).isEqualTo(Refusal.Code.NO_PIN_EXPECTED);
        decide(uncertain());
        now = now.plusSeconds(31);

        assertThat(code(enter(null, "2468"))).isEqualTo(Refusal.Code.NO_PIN_EXPECTED);
    }

    @Test
    void shouldTakeNoPinAfterThreeWrongOnes() {
        deploy(Map.of(
                "lock",
                GPIO,
                "uncertain",
                OnUncertain.PIN,
                "pin",
                Configs.of(PinConfig.class, "patience: 5m", "attempts: 3", "lock-out: 5m")));
        decide(uncertain());

        for (int i = 0; i < 3; i++) {
            assertThat(value(enter(null, "1111")).verdict()).isEqualTo(Verdict.DENIED);
        }
        assertThat(code(enter(null, "2468"))).as("even the right one").isEqualTo(Refusal.Code.PIN_LOCKED_OUT);
        assertThat(chips.level(RELAY)).isFalse();
        assertThat(store.kinds())
                .as("each attempt is recorded, what is not looked at is not")
                .hasSize(4);
        now = now.plus(Duration.ofMinutes(5));
        decide(uncertain());
        assertThat(value(enter(null, "2468")).verdict()).isEqualTo(Verdict.GRANTED);
    }

    /** Each answer waits until its attempt is written down: no power cut buys another one. */
    @Test
    void shouldKnowOfWrongPinsAfterARestart() {
        Map<String, Object> door = Map.of(
                "lock",
                GPIO,
                "uncertain",
                OnUncertain.PIN,
                "pin",
                Configs.of(PinConfig.class, "patience: 5m", "attempts: 3", "lock-out: 5m"));
        for (int i = 1; i <= 3; i++) {
            deploy(door);
            decide(uncertain());
            assertThat(value(enter(null, "1111")).verdict()).isEqualTo(Verdict.DENIED);
            assertThat(store.wrongPins()).as("written when it is answered").isEqualTo(i % 3);
            await(vertx.undeploy(deployment));
        }
        deploy(door);
        decide(uncertain());
        assertThat(code(enter(null, "2468"))).isEqualTo(Refusal.Code.PIN_LOCKED_OUT);
        now = now.plus(Duration.ofMinutes(5));
        decide(uncertain());
        assertThat(value(enter(null, "2468")).verdict()).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void shouldIdentifyNobodyByAPinAlone() {
        deploy(Map.of("lock", GPIO));
        assertThat(code(enter(ANNA, "2468"))).isEqualTo(Refusal.Code.INVALID_REQUEST);
    }

    @Test
    void shouldTakeAPinWithANameWhereTheDoorAllowsIt() {
        deploy(Map.of("lock", GPIO, "pin", Configs.of(PinConfig.class, "alone: true")));

        assertThat(value(enter(Label.of("Nobody"), "2468")).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(value(enter(ANNA, "2468")).rule()).isEqualTo("pin");
        assertThat(chips.level(RELAY)).isTrue();
    }

    @Test
    void shouldOpenForAnOperatorAndSaySo() {
        deploy(Map.of("lock", GPIO));
        await(mode(new ModeSetting(DoorMode.LOCK_DOWN, null)));

        Decision decision = value(await(bus.ask(DoorMessages.UNLOCK, new UnlockDoor("main", "desk", soon()))));

        assertThat(decision.rule()).isEqualTo("operator");
        assertThat(decision.explanation()).contains("by desk");
        assertThat(store.kinds()).containsExactly(Kind.MODE_CHANGED, Kind.DECISION, Kind.DOOR_UNLOCKED);
        assertThat(code(await(bus.ask(DoorMessages.UNLOCK, new UnlockDoor("barn", "", soon())))))
                .isEqualTo(Refusal.Code.UNKNOWN_DOOR);
    }

    @Test
    void shouldKeepItsModeOverARestart() {
        deploy(Map.of("lock", GPIO));
        await(mode(new ModeSetting(DoorMode.LOCK_DOWN, NOON.plusSeconds(3600))));
        await(vertx.undeploy(deployment));
        deploy(Map.of("lock", GPIO));

        assertThat(decide(known()).rule()).isEqualTo("lock-down");
        now = NOON.plusSeconds(3600);
        assertThat(decide(known()).rule()).isEqualTo("schedule");
    }

    @Test
    void shouldLockDownEvenIfThatCannotBeKept() {
        deploy(Map.of("lock", GPIO));
        store.knowsNothing = true;

        assertThatThrownBy(() -> await(mode(new ModeSetting(DoorMode.LOCK_DOWN, null))))
                .hasStackTraceContaining("disk on fire");
        store.knowsNothing = false;
        assertThat(decide(known()).rule()).isEqualTo("lock-down");
    }

    @Test
    void shouldHoldTheLockInFreePassageAndLockAfterwards() {
        deploy(Map.of("lock", GPIO));
        await(mode(new ModeSetting(DoorMode.FREE_PASSAGE, null)));
        assertThat(chips.level(RELAY)).isTrue();
        assertThat(status().lock()).isEqualTo(LockState.UNLOCKED);

        await(mode(ModeSetting.NORMAL));

        assertThat(chips.level(RELAY)).isFalse();
    }

    @Test
    void shouldOnlyPulseInFreePassageWhereTheStrikeCannotHold() {
        deploy(Map.of("lock", gpio(false)));
        await(mode(new ModeSetting(DoorMode.FREE_PASSAGE, null)));
        assertThat(chips.level(RELAY)).isFalse();

        assertThat(decide(unknown()).rule()).isEqualTo("free-passage");
        assertThat(chips.level(RELAY)).isTrue();
    }

    @Test
    void shouldTellAForcedDoorFromOneThatWasUnlocked() {
        deploy(Map.of("lock", GPIO, "sensor", Configs.of(SensorConfig.class, "type: http")));
        sensor(false);
        now = now.plusSeconds(3);
        sensor(true);
        sensor(false);
        decide(known());
        sensor(true);

        assertThat(store.kinds())
                .containsExactly(
                        Kind.DOOR_OPENED,
                        Kind.DOOR_FORCED,
                        Kind.DOOR_CLOSED,
                        Kind.DECISION,
                        Kind.DOOR_UNLOCKED,
                        Kind.DOOR_OPENED,
                        Kind.PASSED);
        assertThat(status().sensor()).isEqualTo(DoorStatus.Sensor.OPEN);
    }

    @Test
    void shouldForgetWhoIsDeleted() {
        deploy(Map.of(
                "lock",
                GPIO,
                "uncertain",
                OnUncertain.PIN,
                "antiPassback",
                Configs.of(PassbackConfig.class, "mode: hard", "reset: 1h")));
        decide(known());
        now = now.plusSeconds(60);
        assertThat(decide(known()).rule()).isEqualTo("anti-passback");
        assertThat(decide(uncertain()).rule()).isEqualTo("anti-passback");
        store.rights.remove(ANNA);

        bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(ANNA));

        assertThat(status().lastDecision()).isEmpty();
        store.rights.put(ANNA, STAFF);
        assertThat(decide(uncertain()).verdict()).isEqualTo(Verdict.PIN_NEEDED);
        bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(ANNA));
        assertThat(status().lastDecision()).isEmpty();
        assertThat(code(enter(null, "2468"))).isEqualTo(Refusal.Code.NO_PIN_EXPECTED);
        assertThat(decide(known()).rule()).isEqualTo("schedule");
    }

    @Test
    void shouldDecideForACameraWithoutADoorButOpenNone() {
        deploy(Map.of("lock", GPIO));

        Decision decision = decide(seen("hall", Direction.BOTH, Sighting.Identity.KNOWN, LiveProof.State.LIVE));

        assertThat(decision.verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(decision.door()).isNull();
        assertThat(store.kinds()).containsExactly(Kind.DECISION);
        assertThat(chips.level(RELAY)).isFalse();
    }

    @Test
    void shouldSayWhoPassedOnceTheLockOpened() {
        deploy(Map.of("lock", GPIO));
        Sighting anna = known();

        Decision decision = decide(anna);

        assertThat(decision.passage()).isEqualTo(Passage.AWAITED);
        DoorEvent passed = passages().get(0);
        assertThat(passed.whom()).contains(ANNA);
        assertThat(passed.camera()).isEqualTo("front");
        assertThat(passed.direction()).isEqualTo(Direction.IN);
        assertThat(passed.visit()).isEqualTo(anna.ref());
    }

    @Test
    void shouldTakeADecisionForThePassageWhereNothingTellsMore() {
        deploy(Map.of());

        assertThat(decide(known()).passage()).isEqualTo(Passage.AT_ONCE);
        assertThat(decide(known()).passage()).as("in the cool-down").isEqualTo(Passage.NONE);
        assertThat(decide(unknown()).passage()).isEqualTo(Passage.NONE);
        assertThat(passages()).isEmpty();
    }

    @Test
    void shouldCountAsPassedOnlyWhoOpenedTheDoorInTime() {
        deploy(withContact("5m"));
        sensor(false);
        decide(known());
        now = now.plusSeconds(299);
        assertThat(passages()).isEmpty();

        sensor(true);

        assertThat(passages())
                .hasSize(1)
                .first()
                .extracting(DoorEvent::detail)
                .isEqualTo("the door was opened for this person");
        sensor(false);
        sensor(true);
        assertThat(passages()).as("once").hasSize(1);
    }

    @Test
    void shouldLetInAgainWhoDidNotOpenTheDoor() {
        deploy(withContact("1s"));
        sensor(false);
        decide(known());
        now = now.plusSeconds(60);

        assertThat(decide(known()).verdict()).as("nobody is inside").isEqualTo(Verdict.GRANTED);
        sensor(true);
        now = now.plusSeconds(60);
        assertThat(decide(known()).rule()).as("now somebody is").isEqualTo("anti-passback");
        assertThat(passages()).hasSize(1);
    }

    @Test
    void shouldCountAtOnceThroughADoorThatStandsOpen() {
        deploy(withContact("1s"));
        sensor(true);

        decide(known());

        assertThat(passages()).hasSize(1);
    }

    @Test
    void shouldNotTakeAPhotoForSomebodyWhoPassedInFreePassage() {
        deploy(Map.of("lock", GPIO));
        await(mode(new ModeSetting(DoorMode.FREE_PASSAGE, null)));

        assertThat(decide(seen("front", Direction.IN, Sighting.Identity.KNOWN, LiveProof.State.ATTACK))
                        .verdict())
                .isEqualTo(Verdict.GRANTED);
        assertThat(passages()).isEmpty();
        decide(known());
        assertThat(passages()).hasSize(1);
    }

    @Test
    void shouldForgiveWhoCountsAsInside() {
        deploy(Map.of("lock", GPIO, "antiPassback", Configs.of(PassbackConfig.class, "mode: hard", "reset: 1h")));
        decide(known());
        now = now.plusSeconds(60);
        assertThat(decide(known()).rule()).isEqualTo("anti-passback");

        assertThat(forgive(ANNA)).isEqualTo(Outcome.done(true));

        assertThat(decide(known()).verdict()).isEqualTo(Verdict.GRANTED);
        DoorEvent forgiven = store.events.stream()
                .filter(event -> event.kind() == Kind.FORGIVEN)
                .findFirst()
                .orElseThrow();
        assertThat(forgiven.whom()).contains(ANNA);
        assertThat(forgiven.detail()).contains("by desk");
        store.rights.put(Label.of("Ben"), STAFF);
        assertThat(forgive(Label.of("Ben"))).as("nothing to forgive").isEqualTo(Outcome.done(false));
        assertThat(code(forgive(Label.of("Nobody")))).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(store.kinds().stream().filter(kind -> kind == Kind.FORGIVEN)).hasSize(1);
    }

    @Test
    void shouldLetAPinSettleThatNobodyWasProvenLive() {
        deploy(Map.of("lock", GPIO, "notLive", OnUncertain.PIN));
        Sighting dim = seen("front", Direction.IN, Sighting.Identity.KNOWN, LiveProof.State.NOT_PROVEN);
        assertThat(decide(dim).verdict()).isEqualTo(Verdict.PIN_NEEDED);
        assertThat(chips.level(RELAY)).isFalse();

        assertThat(value(enter(null, "1111")).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(chips.level(RELAY)).isFalse();
        Decision decision = value(enter(null, "2468"));

        assertThat(decision.rule()).isEqualTo("pin");
        assertThat(chips.level(RELAY)).isTrue();
        assertThat(passages()).hasSize(1);
    }

    @Test
    void shouldEndNoLockOutAndNoCoolDownWhenTheClockIsSet() {
        deploy(Map.of(
                "lock",
                GPIO,
                "uncertain",
                OnUncertain.PIN,
                "pin",
                Configs.of(PinConfig.class, "patience: 5m", "attempts: 1", "lock-out: 2m")));
        decide(uncertain());
        assertThat(value(enter(null, "1111")).verdict()).isEqualTo(Verdict.DENIED);

        setBy = Duration.ofMinutes(3);
        decide(uncertain());
        assertThat(code(enter(null, "2468"))).as("set forward").isEqualTo(Refusal.Code.PIN_LOCKED_OUT);
        setBy = Duration.ofDays(-1);
        now = now.plusSeconds(121);
        decide(uncertain());
        assertThat(value(enter(null, "2468")).verdict()).as("set back by a day").isEqualTo(Verdict.GRANTED);

        setBy = Duration.ofMinutes(3);
        assertThat(decide(known()).rule()).as("set forward").isEqualTo("cool-down");
        setBy = Duration.ofDays(-1);
        now = now.plusSeconds(11);
        assertThat(decide(known()).rule()).as("set back by a day").isEqualTo("schedule");
    }

    @Test
    void shouldKeepAPulseItsLengthWhateverTheClockIsSetTo() throws Exception {
        deploy(Map.of("lock", gpio("200ms")));
        setBy = Duration.ofDays(-1);
        decide(known());
        assertThat(chips.level(RELAY)).isTrue();

        Await.await("the end of the pulse", () -> status().lock() == LockState.LOCKED);
    }

    @Test
    void shouldCountWhoPassedBeforeTheClockWasSetAtTheTimeThatItWas() throws Exception {
        deploy(Map.of("lock", GPIO));
        timeKnown = false;
        setBy = Duration.ofDays(-300);
        assertThat(decide(known()).verdict()).isEqualTo(Verdict.GRANTED);
        now = now.plusSeconds(90);
        assertThat(passages()).as("nobody knows when").isEmpty();

        setBy = Duration.ZERO;
        timeKnown = true;
        Await.await("the passage", () -> !passages().isEmpty());

        assertThat(passages()).hasSize(1).first().extracting(DoorEvent::at).isEqualTo(NOON);
    }

    @Test
    void shouldNeitherEndALockDownNorHoldAFreePassageWhileTheTimeIsNotKnown() {
        deploy(Map.of("lock", GPIO));
        await(mode(new ModeSetting(DoorMode.LOCK_DOWN, NOON.plusSeconds(3600))));
        timeKnown = false;
        setBy = Duration.ofDays(300);
        assertThat(decide(known()).rule()).isEqualTo("lock-down");

        await(mode(new ModeSetting(DoorMode.FREE_PASSAGE, NOON.plusSeconds(3600))));
        setBy = Duration.ofDays(-300);

        assertThat(decide(unknown()).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(status().mode()).isEqualTo(ModeSetting.NORMAL);
    }

    @Test
    void shouldOpenToTheRecognisedWhereItIsFailSafeAndDoesNotKnowTheTime() {
        deploy(Map.of(
                "lock", GPIO, "fail", OnFailure.SAFE, "schedules", Map.of("staff", List.of("Mon-Fri 07:00-19:00"))));
        timeKnown = false;

        assertThat(decide(known()).rule()).isEqualTo("fail-safe");
        assertThat(decide(seen("front", Direction.IN, Sighting.Identity.KNOWN, LiveProof.State.NOT_PROVEN))
                        .rule())
                .isEqualTo("liveness");
    }

    @Test
    void shouldHaveItsMetersInPlaceBeforeAnythingHappens() {
        deploy(Map.of("lock", GPIO));

        assertThat(meters.counter("lintel.door.lock.failures", "door", "main").count())
                .isZero();
        assertThat(meters.find("lintel.door.lock.failures").tag("door", "main").counters())
                .hasSize(1);
        assertThat(meters.find("lintel.door.decisions").tag("door", "main").counters())
                .hasSize(3 * DoorPolicy.NAMES.size());
        assertThat(gauge("lintel.door.lock.broken")).isZero();
        assertThat(meters.get("lintel.door.mode")
                        .tag("mode", "lock-down")
                        .gauge()
                        .value())
                .isZero();

        chips.broken = true;
        decide(known());
        await(mode(new ModeSetting(DoorMode.LOCK_DOWN, null)));

        assertThat(gauge("lintel.door.lock.broken")).isEqualTo(1);
        assertThat(meters.get("lintel.door.mode")
                        .tag("mode", "lock-down")
                        .gauge()
                        .value())
                .isEqualTo(1);
        chips.broken = false;
    }

    private double gauge(String name) {
        return meters.get(name).tag("door", "main").gauge().value();
    }

    private static Map<String, Object> withContact(String pulse) {
        return Map.of(
                "lock",
                gpio(pulse),
                "sensor",
                Configs.of(SensorConfig.class, "type: http"),
                "antiPassback",
                Configs.of(PassbackConfig.class, "mode: hard", "reset: 1h"));
    }

    private static LockConfig gpio(String pulse) {
        return Configs.of(GpioLockConfig.class, "pulse: " + pulse, "chip: gpiochip0", "line: 17");
    }

    private List<DoorEvent> passages() {
        return store.events.stream()
                .filter(event -> event.kind() == Kind.PASSED)
                .toList();
    }

    private Outcome<Boolean> forgive(Label person) {
        return await(bus.ask(DoorMessages.FORGIVE, new ForgivePassback(person, "desk", soon())));
    }

    private void deploy(Map<String, Object> settings) {
        deployment = await(vertx.deployVerticle(new DoorVerticle(
                bus,
                List.of(door(settings)),
                Configs.of(DoorConfig.class, "id: none"),
                Map.of("front", "main"),
                chips,
                new Clocks(() -> now.plus(setBy), () -> now, () -> timeKnown),
                new ApplianceMetrics(meters))));
    }

    private Decision again(Sighting seen) {
        return value(await(bus.ask(DoorMessages.DECIDE, new DecideSighting(seen, true, soon()))));
    }

    private Decision decide(Sighting seen) {
        return value(await(bus.ask(DoorMessages.DECIDE, new DecideSighting(seen, false, soon()))));
    }

    private Outcome<Decision> enter(Label person, String digits) {
        return await(bus.ask(DoorMessages.ENTER_PIN, new EnterPin("main", person, pin(digits), soon())));
    }

    private Future<Outcome<DoorStatus>> mode(ModeSetting setting) {
        return bus.ask(DoorMessages.SET_MODE, new SetDoorMode("main", setting, "", soon()));
    }

    private void sensor(boolean open) {
        value(await(bus.ask(DoorMessages.REPORT_SENSOR, new ReportSensor("main", open, soon()))));
    }

    private DoorStatus status() {
        return ask(DoorMessages.LIST, new ListDoors(soon())).doors().get(0);
    }

    private <Q extends Message, R> R ask(Address<Q, R> address, Q question) {
        return value(await(bus.ask(address, question)));
    }

    private static <T> T value(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private static Refusal.Code code(Outcome<?> outcome) {
        return outcome.fold(value -> null, Refusal::code);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
