package dev.lintel.store;

import dev.lintel.bus.Addresses;
import dev.lintel.bus.Bus;
import dev.lintel.bus.PersonForgotten;
import dev.lintel.bus.Recorded;
import dev.lintel.bus.Topics;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every question about people, events, attendance and deliveries. Whoever opened the store closes it. */
public final class StoreVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(StoreVerticle.class);

    /** How late a visitor may be forgotten. */
    private static final Duration VISITOR_UPKEEP = Duration.ofMinutes(10);

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Bus bus;
    private final FaceStore store;
    private final VisitorStore visitors;
    private final ApplianceMetrics metrics;

    public StoreVerticle(Bus bus, FaceStore store, VisitorStore visitors, ApplianceMetrics metrics) {
        this.bus = bus;
        this.store = store;
        this.visitors = visitors;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        metrics.gallery(store::people, store::templates);
        vertx.setPeriodic(
                0,
                VISITOR_UPKEEP.toMillis(),
                tick -> visitors.purge()
                        .onFailure(failure ->
                                LOG.warn("unknown visitors could not be looked over; trying again later", failure)));
        purge();
        vertx.setPeriodic(DAY_MILLIS, timer -> purge());
        return Future.all(List.of(
                bus.serve(
                        Addresses.MATCH,
                        ask -> store.compute(() -> metrics.timed(Stage.MATCH, () -> store.match(ask)))),
                bus.serve(Addresses.MATCH_PERSON, store::matchPerson),
                bus.serve(Addresses.ENROL, store::enrol),
                bus.serve(Addresses.LIST, store::list),
                bus.serve(Addresses.GET, store::get),
                bus.serve(
                        Addresses.RENAME,
                        ask -> store.rename(ask).onSuccess(done -> forgotten(ask.from(), done.map(person -> true)))),
                bus.serve(
                        Addresses.DELETE,
                        ask -> store.delete(ask).onSuccess(done -> forgotten(ask.label(), done.map(deletion -> true)))),
                bus.serve(
                        Addresses.DELETE_TEMPLATE,
                        ask -> store.deleteTemplate(ask)
                                .onSuccess(done ->
                                        forgotten(ask.label(), done.map(deletion -> deletion.remaining() == 0)))),
                bus.serve(Addresses.EXPORT, store::dump),
                bus.serve(Addresses.IMPORT, store::load),
                bus.serve(Addresses.STATUS, store::status),
                bus.serve(Addresses.VISITORS, visitors::list),
                bus.serve(Addresses.ASSIGN_VISITORS, visitors::assign),
                bus.serve(Addresses.IGNORE_VISITORS, visitors::ignore),
                bus.serve(Addresses.FORGET_VISITORS, visitors::forget),
                bus.serve(Addresses.RECORD, ask -> store.events().record(ask, this::recorded)),
                bus.serve(Addresses.EVENTS, store.events()::list),
                bus.serve(Addresses.ATTENDANCE, store.events().attendance()::read),
                bus.serve(Addresses.CORRECT_ATTENDANCE, store.events().attendance()::correct),
                bus.serve(Addresses.VERIFY_LOG, store.events().verification()::verify),
                bus.serve(Addresses.PERSON_DATA, store::collect),
                bus.serve(Addresses.SET_TARGETS, store.outbox()::set),
                bus.serve(Addresses.TAKE_DELIVERIES, store.outbox()::take),
                bus.serve(Addresses.FOLLOW, store.outbox()::follow),
                bus.serve(Addresses.SETTLE_DELIVERIES, store.outbox()::settle),
                bus.serve(Addresses.OUTBOX, store.outbox()::status),
                bus.serve(Addresses.GET_ACCESS, store.access()::get),
                bus.serve(Addresses.SET_ACCESS, store.access()::set),
                bus.serve(Addresses.CLEAR_PIN, store.access()::clearPin),
                bus.serve(Addresses.CHECK_PIN, store.access()::check),
                bus.serve(Addresses.SAVE_DOOR_MODE, store.access()::saveMode),
                bus.serve(Addresses.LOAD_DOOR_MODES, store.access()::loadModes)));
    }

    private void recorded(Recorded recorded) {
        metrics.recorded(recorded.event().kind().name().toLowerCase(Locale.ROOT));
        bus.publish(Topics.EVENTS, recorded);
    }

    /** Removes what is older than it may be. */
    private void purge() {
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

    /** Nobody has the label any more, if that is what came out. */
    private void forgotten(Label label, Outcome<Boolean> gone) {
        if (gone.fold(yes -> yes, refusal -> false)) {
            bus.publish(Topics.FORGOTTEN, new PersonForgotten(label));
        }
    }
}
