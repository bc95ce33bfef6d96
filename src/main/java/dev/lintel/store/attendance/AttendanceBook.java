package dev.lintel.store.attendance;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Enrolled;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AttendanceMessages.AttendanceEntries;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.AttendanceMessages.ReadAttendance;
import dev.lintel.store.people.AccessStore;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comings and goings, and their corrections: the book can be added to, and nothing else. Thread-safe. */
public final class AttendanceBook {
    public static final int LONGEST_REASON = 500;

    private static final Duration LATELY = Duration.ofDays(30);

    private final Transactions transactions;
    private final AttendanceTable table;
    private final AttendanceConfig rules;
    private final InstantSource clock;

    public AttendanceBook(
            Transactions transactions, AttendanceTable table, AttendanceConfig rules, InstantSource clock) {
        this.transactions = transactions;
        this.table = table;
        this.rules = rules;
        this.clock = clock;
    }

    public Future<Outcome<AttendanceEntries>> read(ReadAttendance question) {
        Label person = question.person();
        String whom = person == null ? "" : " AND " + AttendanceTable.LABELLED;
        List<Object> values = new java.util.ArrayList<>(Arrays.asList(
                Tables.millis(question.from()), Tables.millis(question.to()), Tables.millis(question.from())));
        if (person != null) {
            values.add(person.text());
            values.add(person.text());
        }
        return transactions.read(
                question.deadline(),
                tables -> FormerPeople.ifKnown(
                        tables,
                        person,
                        () -> tables.rows(
                                        AttendanceTable.SELECT
                                                + "WHERE (attendance.at >= ? AND attendance.at < ? OR kind <> 'SEEN' AND written_at >= ?)"
                                                + whom + " ORDER BY attendance.sequence",
                                        Tuple.wrap(values))
                                .map(AttendanceTable::entries)
                                .compose(entries -> enrolled(tables, person)
                                        .map(people -> Outcome.done(new AttendanceEntries(entries, people))))));
    }

    /** Whether something was noted by itself in the last days, and is not any more: an update may have switched it off. */
    public Future<Boolean> fellSilent() {
        return rules.enabled()
                ? Future.succeededFuture(false)
                : transactions
                        .read(
                                Deadline.after(Duration.ofMinutes(1)),
                                tables -> tables.rows(
                                                "SELECT 1 FROM attendance WHERE kind = 'SEEN' AND at > ? LIMIT 1",
                                                Tuple.of(clock.instant()
                                                        .minus(LATELY)
                                                        .toEpochMilli()))
                                        .map(rows -> Outcome.done(!rows.isEmpty())))
                        .map(outcome -> outcome.fold(found -> found, refusal -> false));
    }

    private static Future<Map<Label, Enrolled>> enrolled(Tables tables, Label person) {
        return tables.rows(
                        "SELECT " + PeopleTables.LABEL
                                + ", created_at, inactive_since, coalesce(group_names, '') FROM enrolled_person AS person"
                                + " LEFT JOIN detail ON detail.person_id = person.id"
                                + " LEFT JOIN access ON access.person_id = person.id"
                                + (person == null ? "" : " WHERE label_key = " + PeopleTables.KEY)
                                + " UNION ALL SELECT " + FormerPeople.LABEL + ", created_at, updated_at, group_names"
                                + " FROM former_person JOIN person ON person.id = person_id"
                                + (person == null ? "" : " WHERE former_person.label_key = " + PeopleTables.KEY),
                        person == null ? Tuple.tuple() : Tuple.of(person.text(), person.text()))
                .map(rows -> {
                    Map<Label, Enrolled> people = new HashMap<>();
                    rows.forEach(row -> people.merge(
                            PeopleTables.label(row, 0),
                            new Enrolled(
                                    Tables.time(row, 1),
                                    row.getLong(2) == null ? null : Tables.time(row, 2),
                                    AccessStore.groups(row.getString(3))),
                            (one, other) -> one.until() == null ? one : other));
                    return people;
                });
    }

    /** Everything about this person, oldest first. */
    public Future<List<AttendanceEntry>> of(Tables tables, Label person) {
        return tables.rows(
                        AttendanceTable.SELECT + "WHERE " + AttendanceTable.LABELLED + " ORDER BY attendance.sequence",
                        Tuple.of(person.text(), person.text()))
                .map(AttendanceTable::entries);
    }

    /** Adds a correction, signed with the box's key. The entry that it is about stays as it was. */
    public Future<Outcome<AttendanceEntry>> correct(CorrectAttendance question) {
        Optional<String> wrong = wrong(question);
        if (wrong.isPresent()) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, wrong.get()));
        }
        return transactions.write(
                question,
                change -> entry(
                                change.tables(),
                                "attendance.id = ?",
                                question.id().toString())
                        .compose(known -> known.isPresent()
                                ? Future.succeededFuture(Outcome.done(known.get()))
                                : question.kind() == Kind.ADDED
                                        ? People.known(
                                                change.tables(),
                                                question.person(),
                                                person -> write(
                                                        change.tables(),
                                                        question,
                                                        person.id(),
                                                        question.at(),
                                                        question.direction().name(),
                                                        null,
                                                        null))
                                        : amend(change.tables(), question)));
    }

    private Future<Outcome<AttendanceEntry>> amend(Tables tables, CorrectAttendance question) {
        return entry(tables, "attendance.sequence = ?", question.target()).compose(found -> {
            if (found.isEmpty() || found.get().kind() == Kind.VOIDED) {
                return Future.succeededFuture(Outcome.refused(
                        Refusal.Code.UNKNOWN_ENTRY,
                        "there is no entry " + question.target()
                                + " that could be corrected: look at the day's entries"));
            }
            AttendanceEntry target = found.get();
            return tables.rows("SELECT sequence FROM attendance WHERE target = ?", Tuple.of(target.sequence()))
                    .compose(corrections -> corrections.isEmpty()
                            ? tables.rows(
                                            "SELECT person_id FROM attendance WHERE sequence = ?",
                                            Tuple.of(target.sequence()))
                                    .compose(person -> {
                                        boolean voided = question.kind() == Kind.VOIDED;
                                        return write(
                                                tables,
                                                question,
                                                person.get(0).getLong(0),
                                                voided ? target.at() : question.at(),
                                                voided || question.direction() == null
                                                        ? target.direction().name()
                                                        : question.direction().name(),
                                                target.camera(),
                                                target.door());
                                    })
                            : Future.succeededFuture(Outcome.refused(
                                    Refusal.Code.ALREADY_CORRECTED,
                                    "entry " + target.sequence() + " was corrected by entry "
                                            + corrections.get(0).getLong(0) + ": correct that one")));
        });
    }

    private Future<Outcome<AttendanceEntry>> write(
            Tables tables,
            CorrectAttendance question,
            long person,
            Instant at,
            String direction,
            String camera,
            String door) {
        List<Object> content = Arrays.asList(
                question.id().toString(),
                question.kind().name(),
                at.toEpochMilli(),
                direction,
                camera,
                door,
                question.target(),
                question.author(),
                clock.instant().toEpochMilli(),
                question.reason().strip());
        return table.add(tables, person, content)
                .compose(sequence -> entry(tables, "attendance.sequence = ?", sequence))
                .map(entry -> Outcome.done(entry.orElseThrow()));
    }

    private Optional<String> wrong(CorrectAttendance question) {
        Instant now = clock.instant();
        boolean added = question.kind() == Kind.ADDED;
        boolean voided = question.kind() == Kind.VOIDED;
        if (question.kind() == Kind.SEEN) {
            return Optional.of("kind: must be added, replaced or voided");
        }
        if (added != (question.target() == null)) {
            return Optional.of(
                    "target: names the entry that is replaced or voided, and is left out for one that is added");
        }
        if (added != (question.person() != null)) {
            return Optional.of("label: says for whom an entry is added, and is left out otherwise: it is the target's");
        }
        if (voided != (question.at() == null)
                || added && question.direction() == null
                || voided && question.direction() != null) {
            return Optional.of(
                    "at, direction: say when somebody really came or went; an added entry needs both, a replaced one the"
                            + " time, a voided one neither");
        }
        if (question.at() != null && question.at().isAfter(now)) {
            return Optional.of("at: is in the future, only what has happened can be entered");
        }
        if (question.at() != null && question.at().isBefore(now.minus(rules.keepAttendance()))) {
            return Optional.of("at: is longer ago than attendance is kept");
        }
        String reason = question.reason() == null ? "" : question.reason().strip();
        return reason.isEmpty() || reason.length() > LONGEST_REASON
                ? Optional.of("reason: must say why, in 1 to " + LONGEST_REASON + " characters")
                : Optional.empty();
    }

    private static Future<Optional<AttendanceEntry>> entry(Tables tables, String condition, Object value) {
        return tables.rows(AttendanceTable.SELECT + "WHERE attendance.erased IS NULL AND " + condition, Tuple.of(value))
                .map(rows -> AttendanceTable.entries(rows).stream().findFirst());
    }
}
