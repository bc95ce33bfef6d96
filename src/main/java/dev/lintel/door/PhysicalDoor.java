package dev.lintel.door;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.DoorStatus.LockState;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Reason;
import dev.lintel.bus.Timers;
import dev.lintel.clock.Clocks;
import dev.lintel.door.lock.Lock;
import dev.lintel.door.lock.TimedLock;
import dev.lintel.door.policy.DoorPolicy;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The door itself: its lock, its contact and its mode, and what they report. Used from one event loop. */
final class PhysicalDoor {
    /** A door may still be opened for so long after the lock closed: hands are slower than relays. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DoorConfig config;
    private final Records records;
    private final TimedLock lock;
    private final SensorWatch sensor;
    private final Clocks clocks;
    private final ApplianceMetrics metrics;
    private final Passages passages = new Passages();
    private ModeSetting setting = ModeSetting.NORMAL;
    private boolean holding;

    PhysicalDoor(
            DoorConfig config, Lock lock, Records records, Timers timers, Clocks clocks, ApplianceMetrics metrics) {
        this.config = config;
        this.records = records;
        this.sensor = new SensorWatch(config.sensor(), clocks);
        this.clocks = clocks;
        this.metrics = metrics;
        this.lock = new TimedLock(lock, timers, clocks.steady(), this::failed);
    }

    /** Has the door's meters in place before anything happens. */
    void measured() {
        metrics.door(config.id(), DoorPolicy.NAMES, () -> lock.state() == LockState.FAILED ? 1 : 0, () -> word(mode()));
        if (hasContact()) {
            metrics.heldOpen(config.id(), () -> sensor.heldOpen() ? 1 : 0);
        }
    }

    /** A lock-down that is to end holds on while nobody knows the time; a free passage does not. */
    DoorMode mode() {
        boolean timely = setting.until() == null || clocks.known();
        return timely
                ? setting.at(clocks.now())
                : setting.mode() == DoorMode.LOCK_DOWN ? DoorMode.LOCK_DOWN : DoorMode.NORMAL;
    }

    /** Whether something tells more than a decision whether somebody went through. */
    boolean tells() {
        return config.lock().exists() || hasContact();
    }

    private boolean hasContact() {
        return config.sensor().type() != SensorConfig.Type.NONE;
    }

    /**
     * The lock was released for somebody: one of the two is run, at once or later.
     *
     * @param passed told what says so
     */
    void expect(Consumer<Reason> passed, Runnable missed) {
        if (!hasContact()) {
            passed.accept(new Reason(config.lock().exists() ? "passed-lock" : "passed"));
        } else if (sensor.state() == DoorStatus.Sensor.OPEN) {
            passed.accept(new Reason("passed-door"));
        } else {
            passages.await(
                    clocks.steady().instant().plus(config.lock().pulse()).plus(GRACE),
                    () -> passed.accept(new Reason("passed-door")),
                    missed);
        }
    }

    /**
     * Releases the lock for the pulse. Never fails: a lock that cannot be driven is reported as an event of its own.
     *
     * @return what is wrong with the lock; empty if it was released, or there is none to release
     */
    Future<Optional<String>> open(Decision cause) {
        if (!config.lock().exists()) {
            return Future.succeededFuture(Optional.empty());
        }
        return lock.unlock(config.lock().pulse())
                .map(done -> {
                    metrics.doorOpening(config.id());
                    records.following(cause, Kind.DOOR_UNLOCKED, clocks.now(), new Reason("released"));
                    return Optional.<String>empty();
                })
                .otherwise(failure -> {
                    Reason fault = Reason.said("release-failed", "fault", "" + failure.getMessage());
                    metrics.lockFailure(config.id());
                    records.following(cause, Kind.DOOR_FAILED, clocks.now(), fault);
                    return Optional.of(fault.sentence());
                });
    }

    /** Takes on a mode without a word, as it was before the start. */
    Future<Void> resume(ModeSetting kept) {
        setting = kept;
        return lock.relock().recover(failure -> Future.succeededFuture()).compose(done -> holdOrRelock());
    }

    /** Takes on a mode and reports it. */
    Future<Void> change(ModeSetting next, String by) {
        setting = next;
        records.happened(Kind.MODE_CHANGED, clocks.now(), describe(next, by));
        return holdOrRelock();
    }

    /** What passes with time: modes end, doors stay open. */
    void tick() {
        Instant now = clocks.now();
        if (setting.until() != null && clocks.known() && !now.isBefore(setting.until())) {
            change(ModeSetting.NORMAL, "");
        }
        if (holding != wantsHold()) {
            holdOrRelock();
        }
        settle();
        if (sensor.becameHeldOpen(mode() == DoorMode.FREE_PASSAGE)) {
            records.happened(
                    Kind.DOOR_HELD_OPEN,
                    now,
                    Reason.found(
                            "held-open",
                            "seconds",
                            config.sensor().heldOpenAfter().toSeconds()));
        }
    }

    /** Whoever did not open the door in time has not passed. */
    void settle() {
        passages.late(clocks.steady().instant());
    }

    /** The contact was read. */
    void sensor(boolean open) {
        Instant now = clocks.now();
        boolean allowed = mode() == DoorMode.FREE_PASSAGE || lock.releasedWithin(GRACE);
        for (Kind kind : sensor.report(open, allowed)) {
            records.happened(
                    kind,
                    now,
                    new Reason(
                            switch (kind) {
                                case DOOR_OPENED -> "opened";
                                case DOOR_CLOSED -> "closed";
                                default -> "forced";
                            }));
            if (kind == Kind.DOOR_OPENED) {
                passages.opened(clocks.steady().instant());
            }
        }
    }

    DoorStatus status(Decision last) {
        LockState state = !config.lock().exists() ? LockState.NONE : lock.state();
        ModeSetting shown = mode() == setting.mode() ? setting : ModeSetting.NORMAL;
        return new DoorStatus(config.id(), shown, state, sensor.state(), sensor.since(), sensor.heldOpen(), last);
    }

    Future<Void> close() {
        return lock.close();
    }

    private Future<Void> holdOrRelock() {
        holding = wantsHold();
        Future<Void> driven = holding ? lock.hold(config.lock().pulse()) : lock.endHold();
        return driven.otherwise(failure -> {
            failed(Reason.said("not-driven", "fault", "" + failure.getMessage()));
            return null;
        });
    }

    private boolean wantsHold() {
        return mode() == DoorMode.FREE_PASSAGE && config.lock().hold();
    }

    private void failed(Reason why) {
        metrics.lockFailure(config.id());
        records.happened(Kind.DOOR_FAILED, clocks.now(), why);
    }

    private static String word(DoorMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Reason[] describe(ModeSetting setting, String by) {
        String mode = word(setting.mode());
        List<Reason> why = new ArrayList<>();
        why.add(
                setting.until() == null
                        ? Reason.said("mode", "mode", mode)
                        : Reason.at("mode-until", "until", setting.until()).with("mode", mode));
        if (!by.isEmpty()) {
            why.add(Reason.said("key", "key", by));
        }
        return why.toArray(Reason[]::new);
    }
}
