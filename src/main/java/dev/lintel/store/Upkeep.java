package dev.lintel.store;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes from the store what may not be kept any longer, now and again and again. */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** How late a visitor may be forgotten. */
    private static final Duration VISITORS = Duration.ofMinutes(10);

    /** Retention counts in days. */
    private static final Duration EVENTS = Duration.ofDays(1);

    private final FaceStore store;
    private final ApplianceMetrics metrics;

    Upkeep(FaceStore store, ApplianceMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** Begins; ends with the verticle on whose context it is called. */
    void begin(Vertx vertx) {
        vertx.setPeriodic(0, VISITORS.toMillis(), tick -> purgeVisitors());
        purgeEvents();
        sayIfAttendanceEnded();
        vertx.setPeriodic(EVENTS.toMillis(), tick -> purgeEvents());
    }

    private void sayIfAttendanceEnded() {
        store.events()
                .attendance()
                .fellSilent()
                .onSuccess(silent -> {
                    if (silent) {
                        LOG.warn(
                                "attendance was kept in the last 30 days and is not any more: set attendance.enabled to true if"
                                        + " it is wanted");
                    }
                })
                .onFailure(failure -> LOG.warn("the attendance book could not be looked at", failure));
    }

    private void purgeVisitors() {
        store.visitors()
                .purge()
                .onFailure(
                        failure -> LOG.warn("unknown visitors could not be looked over; trying again later", failure));
    }

    private void purgeEvents() {
        store.events()
                .retention()
                .purge()
                .onSuccess(gone -> {
                    metrics.purged("event", gone.events());
                    metrics.purged("attendance", gone.attendance());
                    if (gone.events() + gone.attendance() > 0) {
                        LOG.info(
                                "retention removed {} events and {} attendance entries",
                                gone.events(),
                                gone.attendance());
                    }
                })
                .onFailure(failure -> LOG.warn(
                        "what is older than its retention could not be removed, tomorrow it is tried again", failure));
    }
}
