package dev.lintel.door.lock;

import dev.lintel.access.DoorStatus.LockState;
import dev.lintel.access.Reason;
import dev.lintel.bus.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Releases a lock for a time and sees to it that it is locked again: after the pulse, after a failed release (it may have
 * worked), and when it is closed. A lock that does not lock again is asked again every second. Releasing a released lock
 * only moves the end. Used from one event loop.
 */
public final class TimedLock {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Lock lock;
    private final Timers timers;
    private final InstantSource clock;
    private final Consumer<Reason> trouble;
    private Runnable timer = () -> {};
    private Instant until = Instant.MIN;
    private Instant relocked = Instant.MIN;
    private boolean released;
    private boolean held;
    /** The last release did not work; whether one would now is only known once it is asked again. */
    private boolean releaseFailed;

    private boolean relockFailed;

    /** What came, or comes, of the release that holds now. */
    private Future<Void> release = Future.succeededFuture();

    /** Counts what the lock was told, so that an answer to something earlier changes nothing. */
    private int step;

    /** @param trouble told, once each time it begins, that the lock cannot be locked again */
    public TimedLock(Lock lock, Timers timers, InstantSource clock, Consumer<Reason> trouble) {
        this.lock = lock;
        this.timers = timers;
        this.clock = clock;
        this.trouble = trouble;
    }

    public LockState state() {
        return releaseFailed || relockFailed ? LockState.FAILED : released ? LockState.UNLOCKED : LockState.LOCKED;
    }

    /** Whether it is released, or was within this time. */
    public boolean releasedWithin(Duration time) {
        return released || (!relocked.equals(Instant.MIN) && clock.instant().isBefore(relocked.plus(time)));
    }

    /** Releases it for a time from now; fails if the lock could not be driven. */
    public Future<Void> unlock(Duration pulse) {
        Instant end = clock.instant().plus(pulse);
        if (held || (released && !end.isAfter(until))) {
            return released(pulse);
        }
        until = end;
        relockAfter(pulse);
        if (released) {
            return released(pulse);
        }
        released = true;
        int mine = ++step;
        return release(pulse).onFailure(failure -> {
            if (mine == step) {
                relock();
            }
        });
    }

    /** It is released, or about to be: what comes of that is the answer to everybody. One that did not work is tried again. */
    private Future<Void> released(Duration pulse) {
        return release.failed() ? release(pulse) : release;
    }

    private Future<Void> release(Duration pulse) {
        release =
                lock.unlock(pulse).onSuccess(done -> releaseFailed = false).onFailure(failure -> releaseFailed = true);
        return release;
    }

    /** Releases it until {@link #endHold}. */
    public Future<Void> hold(Duration pulse) {
        timer.run();
        held = true;
        boolean driven = released;
        released = true;
        step++;
        return driven ? released(pulse) : release(pulse);
    }

    /** Locks it, if it was held released. */
    public Future<Void> endHold() {
        if (!held) {
            return Future.succeededFuture();
        }
        held = false;
        return relock();
    }

    /** Locks it whatever it was, and lets go of the device; the device is let go of even if locking failed. */
    public Future<Void> close() {
        timer.run();
        held = false;
        released = false;
        step++;
        return lock.relock()
                .transform(done -> lock.close()
                        .transform(closed ->
                                done.succeeded() ? Future.<Void>succeededFuture() : Future.failedFuture(done.cause())));
    }

    private void relockAfter(Duration time) {
        timer.run();
        timer = timers.after(time, this::relock);
    }

    /** Locks it now, and goes on trying if that fails. */
    public Future<Void> relock() {
        timer.run();
        released = false;
        int mine = ++step;
        return lock.relock()
                .onSuccess(done -> {
                    if (mine == step) {
                        relockFailed = false;
                        releaseFailed &= !lock.relocks();
                        relocked = clock.instant();
                    }
                })
                .onFailure(failure -> {
                    if (mine == step) {
                        if (!relockFailed && !releaseFailed) {
                            trouble.accept(Reason.said("relock-failed", "fault", "" + failure.getMessage()));
                        }
                        relockFailed = true;
                        relockAfter(RETRY);
                    }
                });
    }
}
