package dev.lintel.door.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.DoorStatus.LockState;
import dev.lintel.access.Reason;
import dev.lintel.bus.Timers;
import dev.lintel.door.FakeChips;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedLockTest {
    private static final Duration PULSE = Duration.ofSeconds(5);
    private static final String RELAY = "gpiochip0/4";

    private final FakeChips chips = new FakeChips();
    private final Alarms alarms = new Alarms();
    private final List<Reason> trouble = new ArrayList<>();
    private final TimedLock lock =
            new TimedLock(new GpioLock(chips.output("gpiochip0", 4, false), true), alarms, alarms::now, trouble::add);

    /** Timers that go off when the test says so. */
    private static final class Alarms implements Timers {
        private Instant now = Instant.EPOCH;
        private final List<Alarm> set = new ArrayList<>();

        private record Alarm(Instant at, Runnable work) {}

        Instant now() {
            return now;
        }

        @Override
        public Runnable after(Duration time, Runnable work) {
            Alarm alarm = new Alarm(now.plus(time), work);
            set.add(alarm);
            return () -> set.remove(alarm);
        }

        void pass(Duration time) {
            Instant end = now.plus(time);
            for (int i = 0; i < 100; i++) {
                var next = set.stream().filter(alarm -> !alarm.at.isAfter(end)).min((a, b) -> a.at.compareTo(b.at));
                if (next.isEmpty()) {
                    break;
                }
                set.remove(next.get());
                now = next.get().at;
                next.get().work.run();
            }
            now = end;
        }
    }

    @Test
    void shouldReleaseForThePulseAndLockAgain() {
        assertThat(lock.unlock(PULSE).succeeded()).isTrue();
        assertThat(lock.state()).isEqualTo(LockState.UNLOCKED);
        alarms.pass(Duration.ofMillis(4999));
        assertThat(chips.level(RELAY)).isTrue();
        alarms.pass(Duration.ofMillis(1));

        assertThat(chips.level(RELAY)).isFalse();
        assertThat(lock.state()).isEqualTo(LockState.LOCKED);
        assertThat(lock.releasedWithin(Duration.ofSeconds(2))).isTrue();
        alarms.pass(Duration.ofSeconds(2));
        assertThat(lock.releasedWithin(Duration.ofSeconds(2))).isFalse();
    }

    @Test
    void shouldOnlyMoveTheEndWhenItIsReleasedAlready() {
        lock.unlock(PULSE);
        alarms.pass(Duration.ofSeconds(3));
        lock.unlock(PULSE);
        alarms.pass(Duration.ofSeconds(4));
        assertThat(chips.level(RELAY)).isTrue();
        alarms.pass(Duration.ofSeconds(1));

        assertThat(chips.driven).containsExactly(RELAY + " low", RELAY + " high", RELAY + " low");
    }

    @Test
    void shouldHoldUntilTheHoldEnds() {
        lock.unlock(PULSE);
        lock.hold(PULSE);
        lock.unlock(PULSE);
        alarms.pass(Duration.ofHours(5));
        assertThat(chips.level(RELAY)).isTrue();

        lock.endHold();

        assertThat(chips.level(RELAY)).isFalse();
    }

    @Test
    void shouldGoOnTryingToLock() {
        lock.unlock(PULSE);
        chips.broken = true;
        alarms.pass(Duration.ofSeconds(8));
        assertThat(lock.state()).isEqualTo(LockState.FAILED);
        assertThat(trouble).hasSize(1).first().asString().contains("the wire is cut");
        chips.broken = false;
        alarms.pass(Duration.ofSeconds(1));

        assertThat(chips.level(RELAY)).isFalse();
        assertThat(lock.state()).isEqualTo(LockState.LOCKED);
    }

    @Test
    void shouldCountAsFailedUntilARelayThatTimesItselfWorksAgain() {
        boolean[] dead = {true};
        TimedLock relay = new TimedLock(
                new Lock() {
                    @Override
                    public Future<Void> unlock(Duration pulse) {
                        return dead[0] ? Future.failedFuture("no answer") : Future.succeededFuture();
                    }

                    @Override
                    public Future<Void> relock() {
                        return Future.succeededFuture();
                    }

                    @Override
                    public boolean relocks() {
                        return false;
                    }
                },
                alarms,
                alarms::now,
                trouble::add);

        assertThat(relay.unlock(PULSE).failed()).isTrue();
        alarms.pass(Duration.ofMinutes(1));
        assertThat(relay.state()).isEqualTo(LockState.FAILED);
        dead[0] = false;
        assertThat(relay.unlock(PULSE).succeeded()).isTrue();

        assertThat(relay.state()).isEqualTo(LockState.UNLOCKED);
    }

    @Test
    void shouldLockAfterAReleaseThatFailed() {
        chips.broken = true;
        assertThat(lock.unlock(PULSE).failed()).isTrue();
        assertThat(lock.state()).isEqualTo(LockState.FAILED);
        chips.broken = false;
        alarms.pass(Duration.ofSeconds(1));

        assertThat(lock.state()).isEqualTo(LockState.LOCKED);
        assertThat(chips.driven).endsWith(RELAY + " low");
    }

    @Test
    void shouldLockWhenItIsClosed() {
        lock.hold(PULSE);
        assertThat(lock.close().succeeded()).isTrue();

        assertThat(chips.level(RELAY)).isFalse();
        assertThat(alarms.set).isEmpty();
    }

    @Test
    void shouldReleaseAgainWhileALateAnswerToLockingIsStillOutstanding() {
        List<String> told = new ArrayList<>();
        Promise<Void> locked = Promise.promise();
        TimedLock slow = new TimedLock(
                new Lock() {
                    @Override
                    public Future<Void> unlock(Duration pulse) {
                        told.add("unlock");
                        return Future.succeededFuture();
                    }

                    @Override
                    public Future<Void> relock() {
                        told.add("relock");
                        return locked.future();
                    }
                },
                alarms,
                alarms::now,
                trouble::add);
        slow.unlock(PULSE);
        alarms.pass(PULSE);
        slow.unlock(PULSE);
        locked.complete();

        assertThat(told).containsExactly("unlock", "relock", "unlock");
        assertThat(slow.state()).isEqualTo(LockState.UNLOCKED);
    }

    /** Two people at once before a relay that is slow, and dead: neither is told that the door opened. */
    @Test
    void shouldTellEverybodyWhatBecameOfTheReleaseThatTheyWaitFor() {
        List<Promise<Void>> asked = new ArrayList<>();
        TimedLock slow = new TimedLock(
                new Lock() {
                    @Override
                    public Future<Void> unlock(Duration pulse) {
                        asked.add(Promise.promise());
                        return asked.get(asked.size() - 1).future();
                    }

                    @Override
                    public Future<Void> relock() {
                        return Future.succeededFuture();
                    }
                },
                alarms,
                alarms::now,
                trouble::add);
        Future<Void> first = slow.unlock(PULSE);
        Future<Void> second = slow.unlock(PULSE);
        alarms.pass(Duration.ofMillis(100));
        Future<Void> third = slow.unlock(PULSE);
        assertThat(asked).hasSize(1);
        assertThat(List.of(second, third)).noneMatch(Future::isComplete);

        asked.get(0).fail("dead");
        assertThat(List.of(first, second, third)).allMatch(Future::failed);

        // Held open, but that did not work: whoever opens by hand finds out whether it does now.
        slow.hold(PULSE);
        asked.get(1).fail("dead");
        Future<Void> again = slow.unlock(PULSE);
        assertThat(again.isComplete()).isFalse();
        asked.get(2).complete();
        assertThat(again.succeeded()).isTrue();
        assertThat(slow.state()).isEqualTo(LockState.UNLOCKED);
    }
}
