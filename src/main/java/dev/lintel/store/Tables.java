package dev.lintel.store;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The store's SQL, on one connection that the caller holds. */
final class Tables {
    private static final int PORTION = 250;

    private final SqlConnection connection;

    Tables(SqlConnection connection) {
        this.connection = connection;
    }

    /** A row of {@code person}. */
    record PersonRow(long id, Label label, Instant createdAt, Instant updatedAt) {}

    /** A row of {@code template}. */
    record TemplateRow(long id, long personId, String modelId, float[] vector, double quality, Instant createdAt) {
        GalleryDump.Entry entry(Label label) {
            return new GalleryDump.Entry(label, createdAt, quality, new Embedding(modelId, vector));
        }

        TemplateRow of(long person) {
            return new TemplateRow(id, person, modelId, vector, quality, createdAt);
        }
    }

    Future<RowSet<Row>> execute(String sql) {
        return connection.query(sql).execute();
    }

    Future<Optional<PersonRow>> person(Label label) {
        return rows("SELECT id, created_at, updated_at FROM enrolled_person WHERE label = ?", Tuple.of(label.text()))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new PersonRow(row.getLong(0), label, time(row, 1), time(row, 2))));
    }

    Future<Long> insertPerson(Label label, Instant createdAt, Instant now) {
        return rows(
                        "INSERT INTO person (label, created_at, updated_at) VALUES (?, ?, ?) RETURNING id",
                        Tuple.of(label.text(), createdAt.toEpochMilli(), now.toEpochMilli()))
                .map(rows -> rows.get(0).getLong(0));
    }

    Future<?> updatePerson(long id, Label label, Instant createdAt, Instant now) {
        return rows(
                "UPDATE person SET label = ?, created_at = ?, updated_at = ? WHERE id = ?",
                Tuple.of(label.text(), createdAt.toEpochMilli(), now.toEpochMilli(), id));
    }

    /** Its templates go with it. */
    Future<?> deletePerson(long id) {
        return rows("DELETE FROM person WHERE id = ?", Tuple.of(id));
    }

    Future<List<Person.Template>> templates(long personId) {
        return rows(
                        "SELECT id, model_id, created_at, quality FROM enrolled_template WHERE person_id = ? ORDER BY id",
                        Tuple.of(personId))
                .map(rows -> rows.stream()
                        .map(row ->
                                new Person.Template(row.getLong(0), row.getString(1), time(row, 2), row.getDouble(3)))
                        .toList());
    }

    Future<List<TemplateRow>> vectors(long personId) {
        return rows(
                        "SELECT id, person_id, model_id, vector, quality, created_at FROM enrolled_template WHERE person_id = ? ORDER BY id",
                        Tuple.of(personId))
                .map(rows -> rows.stream().map(Tables::template).toList());
    }

    /** The id that the next template gets; the caller's transaction keeps it free. */
    Future<Long> nextTemplateId() {
        return rows("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'template'", Tuple.tuple())
                .map(rows -> rows.get(0).getLong(0));
    }

    Future<?> insertTemplates(List<TemplateRow> templates) {
        if (templates.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Tuple> batch = templates.stream()
                .map(t -> Tuple.of(
                        t.id, t.personId, t.modelId, Vectors.toBytes(t.vector), t.quality, t.createdAt.toEpochMilli()))
                .toList();
        return connection
                .preparedQuery(
                        "INSERT INTO template (id, person_id, model_id, vector, quality, created_at) VALUES (?, ?, ?, ?, ?, ?)")
                .executeBatch(batch);
    }

    Future<?> deleteTemplate(long id) {
        return rows("DELETE FROM template WHERE id = ?", Tuple.of(id));
    }

    Future<?> moveTemplates(long fromPerson, long toPerson) {
        return rows("UPDATE template SET person_id = ? WHERE person_id = ?", Tuple.of(toPerson, fromPerson));
    }

    Future<List<Person.Summary>> page(String after, int limit) {
        return rows(
                        "SELECT label, (SELECT count(*) FROM enrolled_template WHERE person_id = person.id), created_at, updated_at"
                                + " FROM enrolled_person AS person WHERE label > ? ORDER BY label LIMIT ?",
                        Tuple.of(after, limit))
                .map(rows -> rows.stream()
                        .map(row -> new Person.Summary(label(row, 0), row.getInteger(1), time(row, 2), time(row, 3)))
                        .toList());
    }

    /** Without those of an unfinished import. */
    Future<Integer> people() {
        return enrolled("person");
    }

    /** Of any model, without those of an unfinished import. */
    Future<Integer> templates() {
        return enrolled("template");
    }

    /** The view would look at every row. */
    private Future<Integer> enrolled(String table) {
        return rows(
                        "SELECT (SELECT count(*) FROM %1$s) - (SELECT count(*) FROM unfinished_import JOIN %1$s ON id BETWEEN first_%1$s AND last_%1$s)"
                                .formatted(table),
                        Tuple.tuple())
                .map(rows -> rows.get(0).getInteger(0));
    }

    Future<Integer> count(String table) {
        return rows("SELECT count(*) FROM " + table, Tuple.tuple())
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** Templates of a model in the order of their ids: at most {@code limit}, with ids from {@code after} + 1 to {@code last}. */
    Future<List<Gallery.Template>> comparable(String modelId, long after, long last, int limit) {
        return rows(
                        "SELECT template.id, label, vector FROM template JOIN person ON person.id = person_id"
                                + " WHERE template.id > ? AND template.id <= ? AND model_id = ? ORDER BY template.id LIMIT "
                                + limit,
                        Tuple.of(after, last, modelId))
                .map(rows -> rows.stream()
                        .map(row -> new Gallery.Template(label(row, 1), row.getLong(0), vector(row, 2)))
                        .toList());
    }

    /** Every template, read in portions, in the order of labels and ids. */
    Future<GalleryDump> dump() {
        return dump("", 0, new ArrayList<>());
    }

    private Future<GalleryDump> dump(String afterLabel, long afterId, List<GalleryDump.Entry> entries) {
        return rows(
                        "SELECT label, template.created_at, quality, model_id, vector, template.id"
                                + " FROM enrolled_template AS template JOIN enrolled_person AS person ON person.id = person_id WHERE (label, template.id) > (?, ?)"
                                + " ORDER BY label, template.id LIMIT " + PORTION,
                        Tuple.of(afterLabel, afterId))
                .compose(rows -> {
                    rows.forEach(row -> entries.add(new GalleryDump.Entry(
                            label(row, 0),
                            time(row, 1),
                            row.getDouble(2),
                            new Embedding(row.getString(3), vector(row, 4)))));
                    Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
                    return rows.size() < PORTION
                            ? Future.succeededFuture(new GalleryDump(entries))
                            : dump(last.getString(0), last.getLong(5), entries);
                });
    }

    Future<?> batch(String sql, List<Tuple> batch) {
        return batch.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(sql).executeBatch(batch);
    }

    Future<List<Row>> rows(String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values).map(rows -> {
            List<Row> list = new ArrayList<>();
            rows.forEach(list::add);
            return list;
        });
    }

    static TemplateRow template(Row row) {
        return new TemplateRow(
                row.getLong(0), row.getLong(1), row.getString(2), vector(row, 3), row.getDouble(4), time(row, 5));
    }

    static Label label(Row row, int column) {
        try {
            return Label.of(row.getString(column));
        } catch (IllegalArgumentException e) {
            throw new StoreException("a stored label is damaged: " + Database.RESTORE, e);
        }
    }

    static float[] vector(Row row, int column) {
        return Vectors.fromBytes(row.getBuffer(column).getBytes());
    }

    static Instant time(Row row, int column) {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
