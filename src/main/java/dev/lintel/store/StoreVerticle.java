package dev.lintel.store;

import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AttendanceMessages;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.PersonForgotten;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.VisitorMessages;
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
    private final ApplianceMetrics metrics;

    public StoreVerticle(Bus bus, FaceStore store, ApplianceMetrics metrics) {
        this.bus = bus;
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        metrics.gallery(store.people()::count, store.people()::templates);
        vertx.setPeriodic(
                0,
                VISITOR_UPKEEP.toMillis(),
                tick -> store.visitors()
                        .purge()
                        .onFailure(failure ->
                                LOG.warn("unknown visitors could not be looked over; trying again later", failure)));
        purge();
        vertx.setPeriodic(DAY_MILLIS, timer -> purge());
        return Future.all(List.of(
                bus.serve(
                        PeopleMessages.MATCH,
                        ask -> store.people()
                                .compute(() -> metrics.timed(
                                        Stage.MATCH, () -> store.people().match(ask)))),
                bus.serve(PeopleMessages.MATCH_PERSON, store.people()::matchPerson),
                bus.serve(PeopleMessages.ENROL, store.people()::enrol),
                bus.serve(PeopleMessages.LIST, store.people()::list),
                bus.serve(PeopleMessages.GET, store.people()::get),
                bus.serve(
                        PeopleMessages.RENAME,
                        ask -> store.changes()
                                .rename(ask)
                                .onSuccess(done -> forgotten(ask.from(), done.map(person -> true)))),
                bus.serve(
                        PeopleMessages.DELETE,
                        ask -> store.changes()
                                .delete(ask)
                                .onSuccess(done -> forgotten(ask.label(), done.map(deletion -> true)))),
                bus.serve(
                        PeopleMessages.DELETE_TEMPLATE,
                        ask -> store.changes()
                                .deleteTemplate(ask)
                                .onSuccess(done ->
                                        forgotten(ask.label(), done.map(deletion -> deletion.remaining() == 0)))),
                bus.serve(BackupMessages.EXPORT, store.backup()::export),
                bus.serve(BackupMessages.IMPORT, store.backup()::load),
                bus.serve(BackupMessages.ABORT_IMPORT, store.backup()::abort),
                bus.serve(StoreMessages.STATUS, store::status),
                bus.serve(VisitorMessages.LIST, store.visitors()::list),
                bus.serve(VisitorMessages.ASSIGN, store.visitors()::assign),
                bus.serve(VisitorMessages.IGNORE, store.visitors()::ignore),
                bus.serve(VisitorMessages.FORGET, store.visitors()::forget),
                bus.serve(EventMessages.RECORD, ask -> store.events().record(ask, this::recorded)),
                bus.serve(EventMessages.LIST, store.events()::list),
                bus.serve(AttendanceMessages.READ, store.events().attendance()::read),
                bus.serve(AttendanceMessages.CORRECT, store.events().attendance()::correct),
                bus.serve(EventMessages.VERIFY, store.events().verification()::verify),
                bus.serve(PeopleMessages.PERSON_DATA, store.collection()::collect),
                bus.serve(DeliveryMessages.SET_TARGETS, store.outbox()::set),
                bus.serve(DeliveryMessages.TAKE_DELIVERIES, store.outbox()::take),
                bus.serve(EventMessages.FOLLOW, store.outbox()::follow),
                bus.serve(DeliveryMessages.SETTLE_DELIVERIES, store.outbox()::settle),
                bus.serve(DeliveryMessages.OUTBOX, store.outbox()::status),
                bus.serve(AccessMessages.GET, store.access()::get),
                bus.serve(AccessMessages.SET, store.access()::set),
                bus.serve(AccessMessages.CLEAR_PIN, store.access()::clearPin),
                bus.serve(AccessMessages.CHECK_PIN, store.access()::check),
                bus.serve(AccessMessages.SAVE_DOOR_MODE, store.access()::saveMode),
                bus.serve(AccessMessages.LOAD_DOOR_MODES, store.access()::loadModes)));
    }

    private void recorded(Recorded recorded) {
        metrics.recorded(recorded.event().kind().name().toLowerCase(Locale.ROOT));
        bus.publish(EventMessages.RECORDED, recorded);
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

    /** Announces that a label is free again, where the outcome says that its person was deleted or renamed. */
    private void forgotten(Label label, Outcome<Boolean> gone) {
        if (gone.fold(yes -> yes, refusal -> false)) {
            bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(label));
        }
    }
}
