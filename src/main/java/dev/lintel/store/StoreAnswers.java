package dev.lintel.store;

import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AttendanceMessages;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.ConsentMessages;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.PersonForgotten;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.VisitorMessages;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which part of the store answers which question, and what is announced then. */
final class StoreAnswers {
    private final Bus bus;
    private final FaceStore store;
    private final ApplianceMetrics metrics;

    StoreAnswers(Bus bus, FaceStore store, ApplianceMetrics metrics) {
        this.bus = bus;
        this.store = store;
        this.metrics = metrics;
    }

    /** Completes once every question is answered. */
    Future<?> serve() {
        store.acts().announce(this::recorded);
        return Future.all(Stream.of(
                        people(), changes(), consents(), access(), accounts(), backup(), visitors(), log(), delivery())
                .flatMap(List::stream)
                .toList());
    }

    private List<Future<?>> people() {
        return List.of(
                bus.serve(
                        PeopleMessages.MATCH,
                        ask -> store.people()
                                .compute(() -> metrics.timed(
                                        Stage.MATCH, () -> store.people().match(ask)))),
                bus.serve(PeopleMessages.MATCH_PERSON, store.people()::matchPerson),
                bus.serve(PeopleMessages.ENROL, store.people()::enrol),
                bus.serve(PeopleMessages.LIST, store.people()::list),
                bus.serve(PeopleMessages.GET, store.people()::get),
                bus.serve(PeopleMessages.CHECK, store.people()::check),
                bus.serve(PeopleMessages.FIND, store.people()::find),
                bus.serve(PeopleMessages.DETAILS, store.people()::details),
                bus.serve(PeopleMessages.FIND_OWNER, store.people()::owner),
                bus.serve(PeopleMessages.FIND_ALIKE, store.people()::alike),
                bus.serve(PeopleMessages.PICTURE, store.people()::picture),
                bus.serve(RenewalMessages.NEXT, store.renewals()::next),
                bus.serve(RenewalMessages.RENEW, store.renewals()::renew),
                bus.serve(RenewalMessages.LEARN, store.renewals()::learn),
                bus.serve(PeopleMessages.PERSON_DATA, store.collection()::collect),
                bus.serve(StoreMessages.STATUS, store::status));
    }

    /** A label may be free again afterwards. */
    private List<Future<?>> changes() {
        return List.of(
                bus.serve(PeopleMessages.CHANGE_TEMPLATE, store.templates()::change),
                bus.serve(PeopleMessages.DESCRIBE, store.details()::describe),
                bus.serve(PeopleMessages.SET_ACTIVE, store.details()::setActive),
                bus.serve(
                        PeopleMessages.PUT,
                        ask -> store.details()
                                .put(ask)
                                .onSuccess(done -> done.map(answer -> {
                                    if (answer.former() != null) {
                                        announceIfGone(answer.former(), Outcome.done(true));
                                    }
                                    return answer;
                                }))),
                bus.serve(
                        PeopleMessages.RENAME,
                        ask -> store.changes().rename(ask).onSuccess(done -> {
                            announceIfGone(ask.from(), done.map(person -> true));
                        })),
                bus.serve(
                        PeopleMessages.DELETE,
                        ask -> store.changes().delete(ask).onSuccess(done -> {
                            announceIfGone(ask.label(), done.map(deletion -> true));
                        })),
                bus.serve(
                        PeopleMessages.DELETE_TEMPLATE,
                        ask -> store.changes().deleteTemplate(ask).onSuccess(done -> {
                            announceIfGone(ask.label(), done.map(deletion -> deletion.remaining() == 0));
                        })));
    }

    private List<Future<?>> consents() {
        return List.of(
                bus.serve(ConsentMessages.GET, store.consents()::get),
                bus.serve(ConsentMessages.LIST, store.consents()::list),
                bus.serve(ConsentMessages.GIVE, ask -> store.consents().give(ask, this::recorded)),
                bus.serve(
                        ConsentMessages.WITHDRAW,
                        ask -> store.consents()
                                .withdraw(ask, this::recorded)
                                .onSuccess(
                                        done -> announceIfGone(ask.label(), done.map(how -> how.deletion() != null)))),
                bus.serve(
                        ConsentMessages.CHECK_RECEIPT,
                        ask -> Future.succeededFuture(store.changes().check(ask))));
    }

    /** What is due of consents, and whom it concerns is announced like every deletion. */
    Future<ConsentChanges.Due> endConsents() {
        return store.consents().upkeep(this::recorded, label -> announceIfGone(label, Outcome.done(true)));
    }

    private List<Future<?>> access() {
        return List.of(
                bus.serve(AccessMessages.GET, store.access()::get),
                bus.serve(AccessMessages.SET, store.access()::set),
                bus.serve(AccessMessages.CLEAR_PIN, store.access()::clearPin),
                bus.serve(AccessMessages.CHECK_PIN, store.access()::check),
                bus.serve(AccessMessages.SAVE_DOOR_MODE, store.access()::saveMode),
                bus.serve(AccessMessages.LOAD_DOOR_MODES, store.access()::loadModes));
    }

    private List<Future<?>> accounts() {
        return List.of(store.accounts().serve(bus));
    }

    private List<Future<?>> backup() {
        return List.of(
                bus.serve(BackupMessages.EXPORT, store.backup()::export),
                bus.serve(BackupMessages.IMPORT, store.backup()::load),
                bus.serve(BackupMessages.ABORT_IMPORT, store.backup()::abort));
    }

    private List<Future<?>> visitors() {
        return List.of(
                bus.serve(VisitorMessages.LIST, store.visitors()::list),
                bus.serve(VisitorMessages.ASSIGN, store.visitors()::assign),
                bus.serve(VisitorMessages.IGNORE, store.visitors()::ignore),
                bus.serve(VisitorMessages.FORGET, store.visitors()::forget));
    }

    private List<Future<?>> log() {
        return List.of(
                bus.serve(EventMessages.RECORD, ask -> store.events().record(ask, this::recorded)),
                bus.serve(EventMessages.NOTE, store::note),
                bus.serve(EventMessages.LIST, store.events()::list),
                bus.serve(EventMessages.FOLLOW, store.outbox()::follow),
                bus.serve(EventMessages.VERIFY, store.events().verification()::verify),
                bus.serve(AttendanceMessages.READ, store.events().attendance()::read),
                bus.serve(AttendanceMessages.CORRECT, store.events().attendance()::correct));
    }

    private List<Future<?>> delivery() {
        return List.of(
                bus.serve(DeliveryMessages.SET_TARGETS, store.outbox()::set),
                bus.serve(DeliveryMessages.TAKE_DELIVERIES, store.outbox()::take),
                bus.serve(DeliveryMessages.SETTLE_DELIVERIES, store.outbox()::settle),
                bus.serve(DeliveryMessages.OUTBOX, store.outbox()::status));
    }

    private void recorded(Recorded recorded) {
        metrics.recorded(recorded.event().kind().name().toLowerCase(Locale.ROOT));
        bus.publish(EventMessages.RECORDED, recorded);
    }

    /** @param gone whether nobody has the label any more */
    private void announceIfGone(Label label, Outcome<Boolean> gone) {
        if (gone.fold(yes -> yes, refusal -> false)) {
            bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(label));
        }
    }
}
