package dev.lintel.testkit;

import dev.lintel.access.ActReasons;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.LogCheck;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.messages.EventMessages.FollowedEvents;
import dev.lintel.messages.EventMessages.ListEvents;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The event log of a store, in memory; passes the store's contract. Thread-safe. */
final class FakeLog {
    private final List<Recorded> events = new ArrayList<>();
    private final FakeBook book;

    /** @param book follows from it */
    FakeLog(FakeBook book) {
        this.book = book;
    }

    /** @param known whether somebody is enrolled */
    Future<?> serve(Bus bus, Predicate<Label> known) {
        return Future.all(
                bus.serve(EventMessages.RECORD, ask -> Future.succeededFuture(Outcome.done(record(bus, ask.event())))),
                bus.serve(EventMessages.NOTE, ask -> {
                    ask.deadline().asker().ifPresent(asker -> record(bus, act(asker, ask.act(), known)));
                    return Future.succeededFuture(Outcome.done(true));
                }),
                bus.serve(EventMessages.VERIFY, ask -> Future.succeededFuture(Outcome.done(check()))),
                bus.serve(EventMessages.LIST, ask -> Future.succeededFuture(list(ask, known))),
                bus.serve(
                        EventMessages.FOLLOW,
                        ask -> Future.succeededFuture(
                                ask.limit() < 1
                                        ? Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1")
                                        : Outcome.done(new FollowedEvents(after(ask.after()).stream()
                                                .limit(ask.limit())
                                                .toList())))));
    }

    private static DoorEvent act(Asker asker, Act act, Predicate<Label> known) {
        return new DoorEvent(
                UUID.randomUUID(),
                DoorEvent.Kind.ACT,
                Instant.now(),
                null,
                null,
                act.details().get("door"),
                Direction.BOTH,
                act.about() != null && known.test(act.about()) ? act.about() : null,
                null,
                ActReasons.of(asker, act, act.details()));
    }

    synchronized Recorded record(Bus bus, DoorEvent event) {
        for (Recorded known : events) {
            if (known.event().id().equals(event.id())) {
                return new Recorded(known.sequence(), false, known.event());
            }
        }
        Recorded recorded = new Recorded(events.size() + 1, true, event);
        events.add(recorded);
        book.happened(event);
        bus.publish(EventMessages.RECORDED, recorded);
        return recorded;
    }

    synchronized void clear() {
        events.clear();
    }

    private synchronized Outcome<EventPage> list(ListEvents ask, Predicate<Label> known) {
        if (ask.limit() < 1) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1");
        }
        if (ask.filter().person() != null && !known.test(ask.filter().person())) {
            return Outcome.refused(Refusal.Code.UNKNOWN_PERSON, "nobody is enrolled under this label");
        }
        List<Recorded> found = events.stream()
                .filter(one -> one.sequence() < ask.before() && passes(one.event(), ask.filter()))
                .sorted(Comparator.comparingLong(Recorded::sequence).reversed())
                .toList();
        return Outcome.done(new EventPage(found.stream().limit(ask.limit()).toList(), found.size() > ask.limit()));
    }

    private static boolean passes(DoorEvent event, EventFilter filter) {
        Instant at = event.at();
        return (filter.door() == null || filter.door().equals(event.door()))
                && (filter.camera() == null || filter.camera().equals(event.camera()))
                && (filter.kind() == null ? event.kind() != DoorEvent.Kind.ACT : filter.kind() == event.kind())
                && (filter.verdict() == null
                        || event.decision() != null && event.decision().verdict() == filter.verdict())
                && (filter.person() == null || filter.person().equals(event.person()))
                && (filter.from() == null || !at.isBefore(filter.from()))
                && (filter.to() == null || at.isBefore(filter.to()));
    }

    /** Oldest first. */
    synchronized List<Recorded> of(Label person) {
        return events.stream()
                .filter(one -> person.equals(one.event().person()))
                .map(one -> new Recorded(one.sequence(), false, one.event()))
                .toList();
    }

    /** Nobody can touch what is in memory. */
    private synchronized LogCheck check() {
        return new LogCheck(List.of(
                new LogCheck.Book("event", events.size(), 0, 0, List.of()),
                new LogCheck.Book("attendance", book.size(), 0, 0, List.of())));
    }

    private synchronized List<Recorded> after(long sequence) {
        return events.stream()
                .filter(event -> event.sequence() > sequence && event.event().kind() != DoorEvent.Kind.ACT)
                .toList();
    }
}
