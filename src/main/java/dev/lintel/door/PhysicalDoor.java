package dev.lintel.door;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.DoorStatus.LockState;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Reason;
import dev.lintel.bus.Timers;
import dev.lintel.door.lock.Lock;
import dev.lintel.door.lock.TimedLock;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The door itself: its lock, its contact and its mode, and what they report. Used from one event loop. */
final class PhysicalDoor {
    /** A door may still be opened for so long after the lock closed: hands are slower than relays. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DoorConfig config;
    private final Records records;
    private final TimedLock lock;
    private final SensorWatch sensor;
    private final InstantSource clock;
    private final ApplianceMetrics metrics;
    private ModeSetting setting = ModeSetting.NORMAL;

    PhysicalDoor(
            DoorConfig config,
            Lock lock,
            Records records,
            Timers timers,
            InstantSource clock,
            ApplianceMetrics metrics) {
        this.config = config;
        this.records = records;
        this.sensor = new SensorWatch(config.sensor());
        this.clock = clock;
        this.metrics = metrics;
        this.lock = new TimedLock(lock, timers, clock, this::failed);
        if (config.sensor().type() != SensorConfig.Type.NONE) {
            metrics.heldOpen(config.id(), () -> sensor.heldOpen() ? 1 : 0);
        }
    }

    DoorMode mode(Instant now) {
        return setting.at(now);
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
                    records.following(cause, Kind.DOOR_UNLOCKED, clock.instant(), new Reason("released"));
                    return Optional.<String>empty();
                })
                .otherwise(failure -> {
                    Reason fault = Reason.said("release-failed", "fault", "" + failure.getMessage());
                    metrics.lockFailure(config.id());
                    records.following(cause, Kind.DOOR_FAILED, clock.instant(), fault);
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
        records.happened(Kind.MODE_CHANGED, clock.instant(), describe(next, by));
        return holdOrRelock();
    }

    /** What passes with time: modes end, doors stay open. */
    void tick() {
        Instant now = clock.instant();
        if (setting.until() != null && !now.isBefore(setting.until())) {
            change(ModeSetting.NORMAL, "");
        }
        if (sensor.becameHeldOpen(mode(now) == DoorMode.FREE_PASSAGE, now)) {
            records.happened(
                    Kind.DOOR_HELD_OPEN,
                    now,
                    Reason.found("held-open", "seconds", config.sensor().heldOpenAfter().toSeconds()));
        }
    }

    /** The contact was read. */
    void sensor(boolean open) {
        Instant now = clock.instant();
        boolean allowed = mode(now) == DoorMode.FREE_PASSAGE || lock.releasedWithin(GRACE);
        for (Kind kind : sensor.report(open, allowed, now)) {
            records.happened(
                    kind,
                    now,
                    new Reason(
                            switch (kind) {
                                case DOOR_OPENED -> "opened";
                                case DOOR_CLOSED -> "closed";
                                default -> "forced";
                            }));
        }
    }

    DoorStatus status(Decision last) {
        Instant now = clock.instant();
        LockState state = !config.lock().exists() ? LockState.NONE : lock.state();
        ModeSetting shown = mode(now) == setting.mode() ? setting : ModeSetting.NORMAL;
        return new DoorStatus(config.id(), shown, state, sensor.state(), sensor.since(), sensor.heldOpen(), last);
    }

    Future<Void> close() {
        return lock.close();
    }

    private Future<Void> holdOrRelock() {
        boolean hold =
                mode(clock.instant()) == DoorMode.FREE_PASSAGE && config.lock().hold();
        Future<Void> driven = hold ? lock.hold(config.lock().pulse()) : lock.endHold();
        return driven.otherwise(failure -> {
            failed(Reason.said("not-driven", "fault", "" + failure.getMessage()));
            return null;
        });
    }

    private void failed(Reason why) {
        metrics.lockFailure(config.id());
        records.happened(Kind.DOOR_FAILED, clock.instant(), why);
    }

    private static Reason[] describe(ModeSetting setting, String by) {
        String mode = setting.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
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
