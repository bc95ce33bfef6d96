package dev.lintel.store.people;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The SQL of people and their templates, on one connection that the caller holds. */
public final class PeopleTables {
    private static final int PORTION = 250;

    /** Of a row of {@code template}: 1 if it is set aside, else 0. */
    private static final String SET_ASIDE = "EXISTS (SELECT 1 FROM set_aside WHERE template_id = template.id)";

    /** What {@link #template(Row)} reads, of a table or view called {@code template}. */
    static final String COLUMNS = "id, person_id, model_id, vector, quality, created_at, " + SET_ASIDE;

    private final Tables tables;

    public PeopleTables(Tables tables) {
        this.tables = tables;
    }

    /** A row of {@code person}. */
    public record PersonRow(long id, Label label, Instant createdAt, Instant updatedAt) {}

    /** A row of {@code template}. */
    public record TemplateRow(
            long id,
            long personId,
            String modelId,
            float[] vector,
            double quality,
            Instant createdAt,
            boolean setAside) {
        public GalleryDump.Entry entry(Label label) {
            return new GalleryDump.Entry(label, createdAt, quality, new Embedding(modelId, vector), setAside);
        }

        public TemplateRow of(long person) {
            return new TemplateRow(id, person, modelId, vector, quality, createdAt, setAside);
        }
    }

    public Future<Optional<PersonRow>> person(Label label) {
        return tables.rows(
                        "SELECT id, created_at, updated_at FROM enrolled_person WHERE label = ?",
                        Tuple.of(label.text()))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new PersonRow(row.getLong(0), label, Tables.time(row, 1), Tables.time(row, 2))));
    }

    public Future<Long> insertPerson(Label label, Instant createdAt, Instant now) {
        return tables.rows(
                        "INSERT INTO person (label, created_at, updated_at) VALUES (?, ?, ?) RETURNING id",
                        Tuple.of(label.text(), createdAt.toEpochMilli(), now.toEpochMilli()))
                .map(rows -> rows.get(0).getLong(0));
    }

    public Future<?> updatePerson(long id, Label label, Instant createdAt, Instant now) {
        return tables.rows(
                "UPDATE person SET label = ?, created_at = ?, updated_at = ? WHERE id = ?",
                Tuple.of(label.text(), createdAt.toEpochMilli(), now.toEpochMilli(), id));
    }

    /** Its templates go with it. */
    public Future<?> deletePerson(long id) {
        return tables.rows("DELETE FROM person WHERE id = ?", Tuple.of(id));
    }

    public Future<List<Person.Template>> templates(long personId) {
        return tables.rows(
                        "SELECT id, model_id, created_at, quality, " + SET_ASIDE
                                + " FROM enrolled_template AS template WHERE person_id = ? ORDER BY id",
                        Tuple.of(personId))
                .map(rows -> rows.stream()
                        .map(row -> new Person.Template(
                                row.getLong(0),
                                row.getString(1),
                                Tables.time(row, 2),
                                row.getDouble(3),
                                row.getInteger(4) != 0))
                        .toList());
    }

    public Future<List<TemplateRow>> vectors(long personId) {
        return tables.rows(
                        "SELECT " + COLUMNS + " FROM enrolled_template AS template WHERE person_id = ? ORDER BY id",
                        Tuple.of(personId))
                .map(rows -> rows.stream().map(PeopleTables::template).toList());
    }

    public Future<Optional<Label>> owner(long template) {
        return tables.rows(
                        "SELECT label FROM enrolled_template AS template JOIN enrolled_person AS person ON person.id = person_id"
                                + " WHERE template.id = ?",
                        Tuple.of(template))
                .map(rows -> rows.stream().findFirst().map(row -> label(row, 0)));
    }

    /** Everybody's. */
    public Future<List<Label>> labels() {
        return tables.rows("SELECT label FROM enrolled_person", Tuple.tuple())
                .map(rows -> rows.stream().map(row -> label(row, 0)).toList());
    }

    /** The id that the next template gets; the caller's transaction keeps it free. */
    public Future<Long> nextTemplateId() {
        return tables.rows(
                        "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'template'", Tuple.tuple())
                .map(rows -> rows.get(0).getLong(0));
    }

    public Future<?> insertTemplates(List<TemplateRow> templates) {
        if (templates.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Tuple> batch = templates.stream()
                .map(t -> Tuple.of(
                        t.id,
                        t.personId,
                        t.modelId,
                        StoredVectors.toBytes(t.vector),
                        t.quality,
                        t.createdAt.toEpochMilli()))
                .toList();
        return tables.batch(
                        "INSERT INTO template (id, person_id, model_id, vector, quality, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                        batch)
                .compose(stored -> setAside(templates.stream()
                        .filter(TemplateRow::setAside)
                        .map(TemplateRow::id)
                        .toList()));
    }

    /** Keeps these, and compares them no more. */
    public Future<?> setAside(List<Long> templates) {
        return templates.isEmpty()
                ? Future.succeededFuture()
                : tables.batch(
                        "INSERT OR IGNORE INTO set_aside VALUES (?)",
                        templates.stream().map(id -> Tuple.of(id)).toList());
    }

    /** Compares this one again. */
    public Future<?> takeUp(long template) {
        return tables.rows("DELETE FROM set_aside WHERE template_id = ?", Tuple.of(template));
    }

    public Future<?> moveTemplate(long id, long toPerson) {
        return tables.rows("UPDATE template SET person_id = ? WHERE id = ?", Tuple.of(toPerson, id));
    }

    public Future<?> deleteTemplate(long id) {
        return tables.rows("DELETE FROM template WHERE id = ?", Tuple.of(id));
    }

    public Future<?> moveTemplates(long fromPerson, long toPerson) {
        return tables.rows("UPDATE template SET person_id = ? WHERE person_id = ?", Tuple.of(toPerson, fromPerson));
    }

    public Future<List<Person.Summary>> page(String after, int limit) {
        return tables.rows(
                        "SELECT label, (SELECT count(*) FROM enrolled_template WHERE person_id = person.id), created_at, updated_at"
                                + " FROM enrolled_person AS person WHERE label > ? ORDER BY label LIMIT ?",
                        Tuple.of(after, limit))
                .map(rows -> rows.stream()
                        .map(row -> new Person.Summary(
                                label(row, 0), row.getInteger(1), Tables.time(row, 2), Tables.time(row, 3)))
                        .toList());
    }

    /** Without those of an unfinished import, and those of whom only attendance was kept. */
    public Future<Integer> people() {
        return enrolled("person").compose(all -> tables.count("former_person").map(former -> all - former));
    }

    /** Of any model, without those of an unfinished import. */
    public Future<Integer> templates() {
        return enrolled("template");
    }

    /** Of a model, how many are set aside. */
    public Future<Integer> setAsideOf(String modelId) {
        return tables.rows(
                        "SELECT count(*) FROM set_aside JOIN enrolled_template AS template ON template.id = template_id"
                                + " WHERE model_id = ?",
                        Tuple.of(modelId))
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** The view would look at every row. */
    private Future<Integer> enrolled(String table) {
        return tables.rows(
                        "SELECT (SELECT count(*) FROM %1$s) - (SELECT count(*) FROM unfinished_import JOIN %1$s ON id BETWEEN first_%1$s AND last_%1$s)"
                                .formatted(table),
                        Tuple.tuple())
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** Templates of a model in the order of their ids: at most {@code limit}, with ids from {@code after} + 1 to {@code last}. */
    public Future<List<Gallery.Template>> comparable(String modelId, long after, long last, int limit) {
        return tables.rows(
                        "SELECT template.id, label, vector FROM template JOIN person ON person.id = person_id"
                                + " WHERE template.id > ? AND template.id <= ? AND model_id = ? AND NOT " + SET_ASIDE
                                + " ORDER BY template.id LIMIT " + limit,
                        Tuple.of(after, last, modelId))
                .map(rows -> rows.stream()
                        .map(row -> new Gallery.Template(label(row, 1), row.getLong(0), StoredVectors.of(row, 2)))
                        .toList());
    }

    /** Every template, read in portions, in the order of labels and ids. */
    public Future<GalleryDump> dump() {
        List<GalleryDump.Entry> entries = new ArrayList<>();
        AtomicReference<Tuple> last = new AtomicReference<>(Tuple.of("", 0));
        return Portions.all(() -> dump(last, entries)).map(done -> new GalleryDump(entries));
    }

    /** Answers whether more follows. */
    private Future<Boolean> dump(AtomicReference<Tuple> last, List<GalleryDump.Entry> entries) {
        return tables.rows(
                        "SELECT label, template.created_at, quality, model_id, vector, template.id, " + SET_ASIDE
                                + " FROM enrolled_template AS template JOIN enrolled_person AS person ON person.id = person_id WHERE (label, template.id) > (?, ?)"
                                + " ORDER BY label, template.id LIMIT " + PORTION,
                        last.get())
                .map(rows -> {
                    for (Row row : rows) {
                        entries.add(new GalleryDump.Entry(
                                label(row, 0),
                                Tables.time(row, 1),
                                row.getDouble(2),
                                new Embedding(row.getString(3), StoredVectors.of(row, 4)),
                                row.getInteger(6) != 0));
                        last.set(Tuple.of(row.getString(0), row.getLong(5)));
                    }
                    return rows.size() == PORTION;
                });
    }

    public static TemplateRow template(Row row) {
        return new TemplateRow(
                row.getLong(0),
                row.getLong(1),
                row.getString(2),
                StoredVectors.of(row, 3),
                row.getDouble(4),
                Tables.time(row, 5),
                row.getInteger(6) != 0);
    }

    public static Label label(Row row, int column) {
        try {
            return Label.stored(row.getString(column));
        } catch (IllegalArgumentException e) {
            throw new StoreException("a stored label is damaged: " + Database.RESTORE, e);
        }
    }
}
