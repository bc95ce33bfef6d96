package dev.lintel.store.people;

import dev.lintel.face.Label;
import dev.lintel.store.people.ImportPlan.Known;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The SQL of imports, in the caller's transaction. Stateless. */
final class ImportTables {
    private ImportTables() {}

    /** The ids that are set aside for an import, both ends inclusive. */
    record Range(long firstPerson, long lastPerson, long firstTemplate, long lastTemplate) {}

    /**
     * Sets ids aside; what has them is hidden from now on.
     *
     * @param most templates of the import; it has no more people than that
     */
    static Future<Range> reserve(Tables tables, long most) {
        return advance(tables, "person", most)
                .compose(person -> advance(tables, "template", most).compose(template -> {
                    Range range = new Range(person + 1, person + most, template + 1, template + most);
                    return tables.rows("INSERT INTO unfinished_import VALUES (?, ?, ?, ?)", tuple(range))
                            .map(range);
                }));
    }

    /** Raises the largest id that was given out; answers what it was. */
    private static Future<Long> advance(Tables tables, String table, long by) {
        return tables.rows("SELECT seq FROM sqlite_sequence WHERE name = ?", Tuple.of(table))
                .compose(rows -> {
                    long last = rows.isEmpty() ? 0 : rows.get(0).getLong(0);
                    return tables.rows(
                                    rows.isEmpty()
                                            ? "INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)"
                                            : "UPDATE sqlite_sequence SET seq = ? WHERE name = ?",
                                    Tuple.of(last + by, table))
                            .map(last);
                });
    }

    /** Those of the labels that are enrolled, or are of this import. */
    static Future<Known> find(Tables tables, Range range, Collection<Label> labels) {
        JsonArray texts = new JsonArray(labels.stream().map(Label::text).toList());
        return tables.rows(
                        "SELECT id, " + PeopleTables.LABEL + ", created_at, updated_at FROM person"
                                + " WHERE label_key IN (SELECT keyed('label', value) FROM json_each(?)) AND (id BETWEEN ? AND ?"
                                + " OR EXISTS (SELECT 1 FROM enrolled_person WHERE enrolled_person.id = person.id))",
                        Tuple.of(texts.encode(), range.firstPerson, range.lastPerson))
                .compose(rows -> {
                    Map<Label, PersonRow> people = new HashMap<>();
                    rows.forEach(row -> people.put(
                            PeopleTables.label(row, 1),
                            new PersonRow(
                                    row.getLong(0),
                                    PeopleTables.label(row, 1),
                                    Tables.time(row, 2),
                                    Tables.time(row, 3))));
                    return people.isEmpty()
                            ? Future.succeededFuture(new Known(people, Map.of()))
                            : templates(tables, people);
                });
    }

    private static Future<Known> templates(Tables tables, Map<Label, PersonRow> people) {
        List<Long> ids = people.values().stream().map(PersonRow::id).toList();
        return tables.rows(
                        "SELECT " + PeopleTables.COLUMNS + " FROM template"
                                + " WHERE person_id IN (SELECT value FROM json_each(?))",
                        Tuple.of(new JsonArray(ids).encode()))
                .map(rows -> new Known(
                        people,
                        rows.stream()
                                .map(PeopleTables::template)
                                .collect(Collectors.groupingBy(TemplateRow::personId))));
    }

    static Future<?> store(Tables tables, ImportPlan.Rows rows) {
        return PeopleTables.insert(tables, rows.people())
                .compose(people -> new PeopleTables(tables).insertTemplates(rows.templates()));
    }

    /** Nothing is hidden any more. */
    static Future<?> show(Tables tables) {
        return tables.rows("DELETE FROM unfinished_import", Tuple.tuple());
    }

    /** @param people creation of the oldest new template, now, id */
    static Future<?> touch(Tables tables, List<Tuple> people) {
        return tables.batch("UPDATE person SET created_at = min(created_at, ?), updated_at = ? WHERE id = ?", people);
    }

    static Future<List<Range>> unfinished(Tables tables) {
        return tables.rows(
                        "SELECT first_person, last_person, first_template, last_template FROM unfinished_import",
                        Tuple.tuple())
                .map(rows -> rows.stream().map(ImportTables::range).toList());
    }

    /** Deletes some rows of an import; answers whether there may be more. */
    static Future<Boolean> discard(Tables tables, Range range, int most) {
        return some(tables, "template", range.firstTemplate, range.lastTemplate, most)
                .compose(deleted -> deleted > 0
                        ? Future.succeededFuture(true)
                        : some(tables, "person", range.firstPerson, range.lastPerson, most)
                                .map(people -> people > 0));
    }

    private static Future<Integer> some(Tables tables, String table, long first, long last, int most) {
        return tables.rows(
                        "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table
                                + " WHERE id BETWEEN ? AND ? LIMIT ?) RETURNING id",
                        Tuple.of(first, last, most))
                .map(List::size);
    }

    /** All rows of the import are deleted. */
    static Future<?> forget(Tables tables, Range range) {
        return tables.rows(
                "DELETE FROM unfinished_import WHERE first_person = ? AND last_person = ? AND first_template = ? AND last_template = ?",
                tuple(range));
    }

    /** See {@link Imports#giveWay}. */
    static Future<Long> giveWay(Tables tables, Label label, Supplier<Future<Long>> taking) {
        return tables.rows(
                        "SELECT person.id FROM person JOIN unfinished_import ON person.id BETWEEN first_person AND last_person"
                                + " WHERE label_key = " + PeopleTables.KEY,
                        Tuple.of(label.text()))
                .compose(rows -> {
                    if (rows.isEmpty()) {
                        return taking.get();
                    }
                    long hidden = rows.get(0).getLong(0);
                    // No keyed hash has a control character.
                    return tables.rows(
                                    "UPDATE person SET label_key = char(1) || id, label = NULL WHERE id = ?",
                                    Tuple.of(hidden))
                            .compose(freed -> taking.get())
                            .compose(owner -> new PeopleTables(tables)
                                    .moveTemplates(hidden, owner)
                                    .compose(moved -> new PeopleTables(tables).deletePerson(hidden))
                                    .map(owner));
                });
    }

    private static Tuple tuple(Range range) {
        return Tuple.of(range.firstPerson, range.lastPerson, range.firstTemplate, range.lastTemplate);
    }

    private static Range range(Row row) {
        return new Range(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3));
    }
}
