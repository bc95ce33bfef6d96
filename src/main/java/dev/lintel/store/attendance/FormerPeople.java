package dev.lintel.store.attendance;

import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * People who were deleted while their attendance was kept. Several may have had the same label, and somebody who is enrolled
 * may have it now. In the caller's transaction. Stateless.
 */
public final class FormerPeople {
    /** Of a row of {@code former_person}: the label that somebody had. */
    static final String LABEL = "opened_name(former_person.label, 'former_person.label', former_person.person_id)";

    private FormerPeople() {}

    /** Those who had this label, the latest first; their last change is the deletion. */
    public static Future<List<PersonRow>> find(Tables tables, Label label) {
        return tables.rows(
                        "SELECT person_id, created_at, updated_at FROM former_person JOIN person ON person.id = person_id"
                                + " WHERE former_person.label_key = " + PeopleTables.KEY
                                + " ORDER BY updated_at DESC, person_id DESC",
                        Tuple.of(label.text()))
                .map(rows -> rows.stream()
                        .map(row -> new PersonRow(row.getLong(0), label, Tables.time(row, 1), Tables.time(row, 2)))
                        .toList());
    }

    /** Likewise for people who are enrolled or were, see {@link People#ifKnown}. */
    static <T> Future<Outcome<T>> ifKnown(Tables tables, Label label, Supplier<Future<Outcome<T>>> work) {
        return label == null
                ? work.get()
                : find(tables, label)
                        .compose(former -> former.isEmpty() ? People.ifKnown(tables, label, work) : work.get());
    }

    /** Everything of the person goes but the attendance; without any, the person goes. */
    public static Future<?> retire(Tables tables, PersonRow person, Instant now) {
        return tables.rows("SELECT 1 FROM attendance WHERE person_id = ? LIMIT 1", Tuple.of(person.id()))
                .compose(attendance -> attendance.isEmpty()
                        ? new PeopleTables(tables).deletePerson(person.id()).mapEmpty()
                        : leave(tables, person, now).mapEmpty());
    }

    private static Future<?> leave(Tables tables, PersonRow person, Instant now) {
        Tuple who = Tuple.of(person.id());
        return tables.rows(
                        "INSERT OR IGNORE INTO former_person (person_id, label_key, label, group_names) VALUES"
                                + " (?1, keyed('label', ?2), sealed(?2, 'former_person.label', ?1),"
                                + " coalesce((SELECT group_names FROM access WHERE person_id = ?1), ''))",
                        Tuple.of(person.id(), person.label().text()))
                .compose(kept -> tables.rows("DELETE FROM access WHERE person_id = ?", who))
                .compose(gone -> tables.rows("DELETE FROM detail WHERE person_id = ?", who))
                .compose(gone -> tables.rows("DELETE FROM template WHERE person_id = ?", who))
                .compose(gone -> tables.rows(
                        "UPDATE person SET label_key = char(1) || id, label = NULL, updated_at = ? WHERE id = ?",
                        Tuple.of(now.toEpochMilli(), person.id())));
    }

    /** Forgets those whose last attendance was removed. */
    public static Future<?> forgetWithoutAttendance(Tables tables) {
        return tables.rows(
                "DELETE FROM person WHERE id IN (SELECT person_id FROM former_person)"
                        + " AND NOT EXISTS (SELECT 1 FROM attendance WHERE attendance.person_id = person.id)",
                Tuple.tuple());
    }
}
