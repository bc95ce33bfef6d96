package dev.lintel.store;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes from the store what may not be kept any longer, now and again and again. */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** How late a visitor may be forgotten. */
    private static final Duration VISITORS = Duration.ofMinutes(10);

    /** Retention counts in days. */
    private static final Duration EVENTS = Duration.ofDays(1);

    /** How late somebody may be deleted whose consent has ended. */
    private static final Duration CONSENTS = Duration.ofMinutes(10);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final FaceStore store;
    private final ApplianceMetrics metrics;
    private final Supplier<Future<ConsentChanges.Due>> consents;
    private final BooleanSupplier clock;
    private boolean waiting;

    /**
     * @param consents does what is due of consents
     * @param clock whether the machine's clock is believed: one that is years ahead would remove everything
     */
    Upkeep(
            FaceStore store,
            ApplianceMetrics metrics,
            Supplier<Future<ConsentChanges.Due>> consents,
            BooleanSupplier clock) {
        this.store = store;
        this.metrics = metrics;
        this.consents = consents;
        this.clock = clock;
    }

    /** Begins; ends with the verticle on whose context it is called. */
    void begin(Vertx vertx) {
        vertx.setPeriodic(0, VISITORS.toMillis(), tick -> ifTimeIsKnown(this::purgeVisitors));
        ifTimeIsKnown(this::purgeEvents);
        sayIfAttendanceEnded();
        vertx.setPeriodic(FIRST_LOOK.toMillis(), CONSENTS.toMillis(), tick -> ifTimeIsKnown(this::endConsents));
        vertx.setPeriodic(EVENTS.toMillis(), tick -> ifTimeIsKnown(this::purgeEvents));
    }

    /** What the end of the box cut off is done after the next start. */
    private void say(String what, Throwable failure) {
        if (!store.closing()) {
            LOG.warn(what, failure);
        }
    }

    private void ifTimeIsKnown(Runnable work) {
        boolean known = clock.getAsBoolean();
        if (known) {
            work.run();
        } else if (!waiting) {
            LOG.warn("nothing is removed by its age until the clock is believed");
        }
        waiting = !known;
    }

    private void endConsents() {
        consents.get()
                .onSuccess(due -> {
                    if (due.ended() > 0) {
                        LOG.info("the consent of {} people has ended: their data were deleted", due.ended());
                    }
                    if (due.soon() > 0) {
                        LOG.warn(
                                "the consent of {} people ends soon, and their data will be deleted: lintel consent list"
                                        + " --ending DAYS says whose",
                                due.soon());
                    }
                })
                .onFailure(failure -> say("consents could not be looked over; trying again later", failure));
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
                .onFailure(failure -> say("the attendance book could not be looked at", failure));
    }

    private void purgeVisitors() {
        store.visitors()
                .purge()
                .onFailure(failure -> say("unknown visitors could not be looked over; trying again later", failure));
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
                .onFailure(failure -> say(
                        "what is older than its retention could not be removed, tomorrow it is tried again", failure));
    }
}
