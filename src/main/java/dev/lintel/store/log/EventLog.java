package dev.lintel.store.log;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.OnDeletion;
import dev.lintel.access.Recorded;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.attendance.Counting;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.store.attendance.AttendanceBook;
import dev.lintel.store.attendance.AttendanceTable;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The append-only log of what happened at the door, and the attendance that follows from each event, in one
 * transaction, on disk when it is acknowledged. Thread-safe, like the store that it belongs to.
 */
public final class EventLog {
    private final Transactions transactions;
    private final AttendanceConfig rules;
    private final InstantSource clock;
    private final Counting counting;
    private final Chain chain;
    private final AttendanceTable attendance;
    private final BiFunction<Change, DoorEvent, Future<Void>> also;
    private final AttendanceBook book;
    private final LogVerification verification;
    private final Retention retention;

    /** @param also what else is to be kept of a fresh event, in the same transaction */
    public EventLog(
            Transactions transactions,
            Seals seals,
            AttendanceConfig attendanceRules,
            InstantSource clock,
            BiFunction<Change, DoorEvent, Future<Void>> also) {
        this.transactions = transactions;
        this.also = also;
        this.rules = attendanceRules;
        this.clock = clock;
        this.counting = new Counting(rules);
        this.chain = new Chain("event", seals);
        this.attendance = new AttendanceTable(seals);
        this.book = new AttendanceBook(transactions, attendance, rules, clock);
        this.verification = new LogVerification(transactions, chain, attendance.chain());
        this.retention = new Retention(transactions, chain, attendance, rules, clock);
    }

    /**
     * Keeps an event, once. Somebody who is not enrolled (any more) is not named in the log.
     *
     * @param announce called with what was stored now, after it is on disk, in the order of the sequence; not with what was
     *     known already
     */
    public Future<Outcome<Recorded>> record(RecordEvent question, Consumer<Recorded> announce) {
        return transactions.write(
                question.deadline(),
                change -> find(change.tables(), question.event())
                        .compose(known -> known.isPresent()
                                ? Future.succeededFuture(Outcome.done(known.get()))
                                : store(change.tables(), question.event())
                                        .compose(recorded -> also.apply(change, question.event())
                                                .map(recorded))
                                        .map(recorded -> {
                                            change.announce(() -> announce.accept(recorded));
                                            return Outcome.done(recorded);
                                        })));
    }

    /** Adds what happened, as a part of a larger change; it is announced by whoever calls. */
    Future<Recorded> add(Tables tables, DoorEvent event) {
        return store(tables, event);
    }

    /**
     * Keeps an event that follows from another change, in its transaction.
     *
     * @param announce called after it is on disk
     */
    public Future<Recorded> note(Change change, DoorEvent event, Consumer<Recorded> announce) {
        return store(change.tables(), event).onSuccess(recorded -> change.announce(() -> announce.accept(recorded)));
    }

    private static Future<Optional<Recorded>> find(Tables tables, DoorEvent event) {
        return tables.rows(
                        "SELECT " + EventRow.COLUMNS + EventRow.FROM + "WHERE event.id = ?",
                        Tuple.of(event.id().toString()))
                .map(rows -> rows.stream().findFirst().map(row -> EventRow.recorded(row, false)));
    }

    private Future<Recorded> store(Tables tables, DoorEvent event) {
        Future<Optional<PersonRow>> person = event.person() == null
                ? Future.succeededFuture(Optional.empty())
                : new PeopleTables(tables).person(event.person());
        return person.map(row -> row.map(PersonRow::id).orElse(null))
                .compose(who -> chain.head(tables)
                        .compose(head -> append(tables, head, event, who))
                        .compose(sequence -> follow(tables, event, who).map(new Recorded(sequence, true, event))));
    }

    private Future<Long> append(Tables tables, Chain.Place head, DoorEvent event, Long person) {
        long sequence = head.sequence() + 1;
        List<Object> content = EventRow.content(event);
        byte[] digest = chain.digest(sequence, content);
        Chain.Place place = chain.after(head, digest);
        List<Object> values = new ArrayList<>(List.of(sequence));
        values.addAll(content);
        values.addAll(Arrays.asList(person, chain.personSeal(sequence, person), digest, place.chain()));
        return tables.rows(
                        "INSERT INTO event (sequence, id, kind, at, camera, door, direction, verdict, rule, detail, facts,"
                                + " person_id, person_seal, digest, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                                + " sealed(?10, 'event.detail', ?1), sealed(?11, 'event.facts', ?1), ?12, ?13, ?14, ?15)",
                        Tuple.wrap(values))
                .compose(inserted -> chain.advance(tables, place))
                .map(sequence);
    }

    private Future<?> follow(Tables tables, DoorEvent event, Long person) {
        return person != null && counting.counts(event)
                ? attendance.seen(tables, event, person, clock.instant())
                : Future.succeededFuture();
    }

    /** Newest first. */
    public Future<Outcome<EventPage>> list(ListEvents question) {
        int limit = question.limit();
        if (limit < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        EventQuery query = new EventQuery(question.filter()).and(" AND event.sequence < ?", question.before());
        return transactions.read(
                question.deadline(),
                tables -> People.ifKnown(
                        tables,
                        question.filter().person(),
                        () -> tables.rows(
                                        query.sql() + " ORDER BY event.sequence DESC LIMIT " + (limit + 1L),
                                        query.values())
                                .map(rows -> Outcome.done(new EventPage(
                                        rows.stream()
                                                .limit(limit)
                                                .map(row -> EventRow.recorded(row, false))
                                                .toList(),
                                        rows.size() > limit)))));
    }

    /** Everything that names this person, oldest first. */
    public Future<List<Recorded>> of(Tables tables, Label person) {
        EventQuery query = new EventQuery(new EventFilter(null, null, null, null, person, null, null));
        return tables.rows(query.sql() + " ORDER BY event.sequence", query.values())
                .map(rows ->
                        rows.stream().map(row -> EventRow.recorded(row, false)).toList());
    }

    /** Comings and goings. */
    public AttendanceBook attendance() {
        return book;
    }

    /** Whether everything is as it was written. */
    public LogVerification verification() {
        return verification;
    }

    /** What removes what is older than it may be. */
    public Retention retention() {
        return retention;
    }

    /** Two people were merged: what one did, the other did. */
    public Future<?> merged(Tables tables, long from, long into) {
        return chain.assign(tables, from, into)
                .compose(done -> attendance.chain().assign(tables, from, into));
    }

    /**
     * A person is about to be deleted: the log keeps what happened, but not to whom.
     *
     * @param attendance what becomes of it; null: as configured
     */
    public Future<?> forget(Change change, long person, OnDeletion attendance) {
        Tables tables = change.tables();
        return chain.assign(tables, person, null)
                .compose(done -> switch (attendance == null ? rules.onDeletion() : attendance) {
                    case KEEP -> Future.succeededFuture();
                    case DELETE -> this.attendance.eraseOf(tables, person);
                    case ANONYMISE -> this.attendance.anonymise(tables, person);
                });
    }
}
