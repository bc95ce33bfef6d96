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
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SQL of people and their templates, on one connection that the caller holds. */
public final class PeopleTables {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleTables.class);
    private static final int PORTION = 250;

    /** Of a row of {@code template}: 1 if it is set aside, else 0. */
    private static final String SET_ASIDE = "EXISTS (SELECT 1 FROM set_aside WHERE template_id = template.id)";

    /** What {@link #template(Row)} reads, of a table or view called {@code template}. */
    static final String COLUMNS =
            "id, person_id, model_id, tried(vector, 'template.vector', id || '/' || person_id), quality, created_at, "
                    + SET_ASIDE;

    /** Of a row of {@code person}: its label, or "damaged name" and the row's id, so that one that is damaged hides nobody else. */
    public static final String LABEL = "opened_name(person.label, 'person.label', person.id)";

    /** The same where nobody may be taken for who is called so; for {@link Tables#broken}. */
    static final String TRIED_LABEL = "tried_text(person.label, 'person.label', person.id)";

    /** What a label is looked up by; it is given once. */
    public static final String KEY = "keyed('label', ?)";

    /** Of a row of {@code template}: its vector; null if its seal is broken. */
    private static final String VECTOR = "tried(vector, 'template.vector', template.id || '/' || person_id)";

    private final Tables tables;

    public PeopleTables(Tables tables) {
        this.tables = tables;
    }

    /** A row of {@code person}. */
    public record PersonRow(long id, Label label, Instant createdAt, Instant updatedAt) {}

    /** A row of {@code template}. @param vector of no components if it is damaged */
    public record TemplateRow(
            long id,
            long personId,
            String modelId,
            float[] vector,
            double quality,
            Instant createdAt,
            boolean setAside) {
        public boolean damaged() {
            return vector.length == 0;
        }

        public GalleryDump.Entry entry(Label label) {
            return new GalleryDump.Entry(label, createdAt, quality, new Embedding(modelId, vector), setAside);
        }

        public TemplateRow of(long person) {
            return new TemplateRow(id, person, modelId, vector, quality, createdAt, setAside);
        }
    }

    /** Fails if what is found has another label, as after a change from outside; one whose label does not open is found. */
    public Future<Optional<PersonRow>> person(Label label) {
        return tables.rows(
                        "SELECT id, created_at, updated_at, tried_text(label, 'person.label', id) FROM enrolled_person"
                                + " WHERE label_key = " + KEY,
                        Tuple.of(label.text()))
                .map(rows -> rows.stream().findFirst().map(row -> {
                    String stored = row.getString(3);
                    if (stored != null && !Tables.broken(stored) && !stored.equals(label.text())) {
                        throw new StoreException("under this name the database has person " + row.getLong(0)
                                + ", who has another name: " + Database.RESTORE);
                    }
                    return new PersonRow(row.getLong(0), label, Tables.time(row, 1), Tables.time(row, 2));
                }));
    }

    public Future<Long> insertPerson(Label label, Instant createdAt, Instant now) {
        return tables.rows("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'person'", Tuple.tuple())
                .map(rows -> rows.get(0).getLong(0))
                .compose(id -> insert(tables, List.of(new PersonRow(id, label, createdAt, now)))
                        .map(id));
    }

    /** With the ids that they bring. */
    static Future<?> insert(Tables tables, List<PersonRow> people) {
        return tables.batch(
                "INSERT INTO person (id, label_key, label, created_at, updated_at) VALUES (?1, keyed('label', ?2),"
                        + " sealed(?2, 'person.label', ?1), ?3, ?4)",
                people.stream()
                        .map(person -> Tuple.of(
                                person.id,
                                person.label.text(),
                                person.createdAt.toEpochMilli(),
                                person.updatedAt.toEpochMilli()))
                        .toList());
    }

    public Future<?> updatePerson(long id, Label label, Instant createdAt, Instant now) {
        return tables.rows(
                "UPDATE person SET label_key = keyed('label', ?1), label = sealed(?1, 'person.label', id), created_at = ?2,"
                        + " updated_at = ?3 WHERE id = ?4",
                Tuple.of(label.text(), createdAt.toEpochMilli(), now.toEpochMilli(), id));
    }

    /** Its templates go with it. */
    public Future<?> deletePerson(long id) {
        return tables.rows("DELETE FROM person WHERE id = ?", Tuple.of(id));
    }

    public Future<List<Person.Template>> templates(long personId) {
        return tables.rows(
                        "SELECT id, model_id, created_at, quality, " + SET_ASIDE
                                + ", EXISTS (SELECT 1 FROM picture WHERE template_id = template.id), " + VECTOR
                                + " FROM enrolled_template AS template WHERE person_id = ? ORDER BY id",
                        Tuple.of(personId))
                .map(rows -> rows.stream()
                        .map(row -> new Person.Template(
                                row.getLong(0),
                                row.getString(1),
                                Tables.time(row, 2),
                                row.getDouble(3),
                                row.getInteger(4) != 0,
                                row.getInteger(5) != 0,
                                StoredVectors.of(row, 6).length == 0))
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
                        "SELECT " + LABEL
                                + " FROM enrolled_template AS template JOIN enrolled_person AS person ON person.id = person_id"
                                + " WHERE template.id = ?",
                        Tuple.of(template))
                .map(rows -> rows.stream().findFirst().map(row -> label(row, 0)));
    }

    /** Everybody's. */
    public Future<List<Label>> labels() {
        return tables.rows("SELECT " + LABEL + " FROM enrolled_person AS person", Tuple.tuple())
                .map(rows -> rows.stream().map(row -> label(row, 0)).toList());
    }

    /** Other people whose labels differ in case, in spaces or in the width of their characters only, in order. */
    public Future<List<Label>> twins(Label label) {
        String folded = label.folded();
        return labels().map(all -> all.stream()
                .filter(other -> !other.equals(label) && other.folded().equals(folded))
                .sorted()
                .toList());
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
                        "INSERT INTO template (id, person_id, model_id, vector, quality, created_at) VALUES (?1, ?2, ?3,"
                                + " sealed(?4, 'template.vector', ?1 || '/' || ?2), ?5, ?6)",
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
        return move(toPerson, "id = ?2", id);
    }

    public Future<?> deleteTemplate(long id) {
        return tables.rows("DELETE FROM template WHERE id = ?", Tuple.of(id));
    }

    public Future<?> moveTemplates(long fromPerson, long toPerson) {
        return move(toPerson, "person_id = ?2", fromPerson);
    }

    /** What a vector and a picture are sealed for has their person in it. */
    private Future<?> move(long toPerson, String which, long value) {
        return PictureTables.move(tables, toPerson, which, value)
                .compose(moved -> tables.rows(
                        "UPDATE template SET person_id = ?1, vector = coalesce(sealed(tried(vector, 'template.vector',"
                                + " id || '/' || person_id), 'template.vector', id || '/' || ?1), vector) WHERE "
                                + which,
                        Tuple.of(toPerson, value)));
    }

    /**
     * Of a row of {@code enrolled_person AS person}: whether it has templates, {@code ?1} has made none of them and can make none; or one
     * of those of {@code ?2}, which are damaged.
     */
    private static final String WITHOUT_MODEL = " WHERE (EXISTS (SELECT 1 FROM template WHERE person_id = person.id)"
            + " AND NOT EXISTS (SELECT 1 FROM template WHERE person_id = person.id AND"
            + " (model_id = ?1 OR EXISTS (SELECT 1 FROM picture WHERE template_id = template.id)))"
            + " OR person.id IN (SELECT person_id FROM template WHERE id IN (SELECT value FROM json_each(?2))))";

    /**
     * How many people with templates there are of whom this model has made no template, and can make none of a picture; with those to
     * whom one of these belongs.
     */
    public Future<Integer> peopleWithout(String modelId, Collection<Long> damaged) {
        return tables.rows(
                        "SELECT count(*) FROM enrolled_person AS person" + WITHOUT_MODEL,
                        Tuple.of(modelId, json(damaged)))
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** Those that {@link #peopleWithout} counts, a page in the order of their labels. */
    public Future<List<Person.Summary>> pageWithout(String modelId, Collection<Long> damaged, String after, int limit) {
        return tables.rows(
                        "WITH person AS MATERIALIZED (SELECT id, " + LABEL
                                + " AS label, created_at, updated_at FROM enrolled_person AS person" + WITHOUT_MODEL
                                + "),"
                                + " page AS MATERIALIZED (SELECT * FROM person WHERE label > ?3 ORDER BY label LIMIT ?4)"
                                + " SELECT label, (SELECT count(*) FROM enrolled_template WHERE person_id = page.id), created_at,"
                                + " updated_at, " + DetailTables.COLUMNS
                                + " FROM page LEFT JOIN detail ON detail.person_id = page.id ORDER BY label",
                        Tuple.of(modelId, json(damaged), after, limit))
                .map(PeopleTables::summaries);
    }

    /** Of these templates, how many are still there. */
    public Future<Integer> remaining(Collection<Long> templates) {
        return tables.rows(
                        "SELECT count(*) FROM template WHERE id IN (SELECT value FROM json_each(?))",
                        Tuple.of(json(templates)))
                .map(rows -> rows.get(0).getInteger(0));
    }

    private static String json(Collection<Long> ids) {
        return new JsonArray(List.copyOf(ids)).encode();
    }

    /** Those of these ids, in the order of their labels. */
    Future<List<Person.Summary>> shown(List<Long> ids) {
        return tables.rows(
                        SUMMARIES + " WHERE person.id IN (SELECT value FROM json_each(?))",
                        Tuple.of(new JsonArray(ids).encode()))
                .map(rows -> summaries(rows).stream()
                        .sorted(Comparator.comparing(one -> one.label().text(), Roll::byCodePoints))
                        .toList());
    }

    /** The id of whoever has this number of another system. */
    Future<Optional<Long>> withExternalId(String externalId) {
        return tables.rows(
                        "SELECT person_id FROM detail WHERE external_key = keyed('external', ?)", Tuple.of(externalId))
                .map(rows -> rows.stream().findFirst().map(row -> row.getLong(0)));
    }

    private static final String SUMMARIES = "SELECT " + LABEL
            + ", (SELECT count(*) FROM enrolled_template WHERE person_id = person.id), created_at, updated_at, "
            + DetailTables.COLUMNS
            + " FROM enrolled_person AS person LEFT JOIN detail ON detail.person_id = person.id";

    private static List<Person.Summary> summaries(List<Row> rows) {
        return rows.stream()
                .map(row -> {
                    DetailTables.Said said = DetailTables.read(row, 4);
                    return new Person.Summary(
                            label(row, 0),
                            row.getInteger(1),
                            Tables.time(row, 2),
                            Tables.time(row, 3),
                            said.details(),
                            said.inactiveSince());
                })
                .toList();
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

    /** Of a model, those of others than this person that are set aside. */
    public Future<List<Gallery.Template>> setAsideOfOthers(String modelId, Label label) {
        return tables.rows(
                        "SELECT template.id, " + LABEL + ", " + VECTOR
                                + " FROM set_aside JOIN enrolled_template AS template"
                                + " ON template.id = template_id JOIN person ON person.id = person_id WHERE model_id = ?",
                        Tuple.of(modelId))
                .map(rows -> rows.stream()
                        .map(row -> new Gallery.Template(label(row, 1), row.getLong(0), StoredVectors.of(row, 2)))
                        .filter(template -> template.vector().length > 0
                                && !template.label().equals(label))
                        .toList());
    }

    /** The view would look at every row. */
    private Future<Integer> enrolled(String table) {
        return tables.rows(
                        "SELECT (SELECT count(*) FROM %1$s) - (SELECT count(*) FROM unfinished_import JOIN %1$s ON id BETWEEN first_%1$s AND last_%1$s)"
                                .formatted(table),
                        Tuple.tuple())
                .map(rows -> rows.get(0).getInteger(0));
    }

    /**
     * Some templates in the order of their ids.
     *
     * @param damaged ids of those that cannot be read, or whose person's label cannot
     * @param last the largest id that was looked at
     * @param more whether there may be more
     * @param opened whether any seal was whole, so that the key is the right one
     */
    public record Portion(
            List<Gallery.Template> templates, List<Long> damaged, long last, boolean more, boolean opened) {}

    /**
     * Templates of a model in the order of their ids: at most {@code limit}, with ids from {@code after} + 1 to {@code last}.
     *
     * @param labels of people by their ids, empty where one is damaged; those that are missing are read and put in
     */
    public Future<Portion> comparable(
            String modelId, long after, long last, int limit, Map<Long, Optional<Label>> labels) {
        return tables.rows(
                        "SELECT id, person_id, " + VECTOR
                                + " FROM template WHERE id > ? AND id <= ? AND model_id = ? AND NOT " + SET_ASIDE
                                + " ORDER BY id LIMIT " + limit,
                        Tuple.of(after, last, modelId))
                .compose(rows -> readLabels(
                                rows.stream().map(row -> row.getLong(1)).collect(Collectors.toSet()), labels)
                        .map(read -> portion(rows, labels, after, limit)));
    }

    /** A label that is looked up by the hash of another one is as good as damaged: it would be found, or deleted, as somebody else. */
    private Future<?> readLabels(Set<Long> people, Map<Long, Optional<Label>> labels) {
        people.removeAll(labels.keySet());
        people.forEach(person -> labels.put(person, Optional.empty()));
        return people.isEmpty()
                ? Future.succeededFuture()
                : tables.rows(
                                "WITH named AS MATERIALIZED (SELECT id, label_key, tried(label, 'person.label', id) AS name"
                                        + " FROM person WHERE id IN (SELECT value FROM json_each(?)))"
                                        + " SELECT id, name FROM named WHERE label_key = keyed('label', name)",
                                Tuple.of(json(people)))
                        .onSuccess(rows -> rows.forEach(row -> labels.put(
                                row.getLong(0),
                                Optional.ofNullable(row.getBuffer(1))
                                        .map(text -> Label.stored(text.toString(StandardCharsets.UTF_8))))));
    }

    private static Portion portion(List<Row> rows, Map<Long, Optional<Label>> labels, long after, int limit) {
        List<Gallery.Template> sound = new ArrayList<>();
        List<Long> damaged = new ArrayList<>();
        boolean opened = false;
        for (Row row : rows) {
            Optional<Label> label = labels.get(row.getLong(1));
            float[] vector = StoredVectors.of(row, 2);
            opened |= label.isPresent() || row.getBuffer(2) != null;
            if (label.isPresent() && vector.length > 0) {
                sound.add(new Gallery.Template(label.get(), row.getLong(0), vector));
            } else {
                damaged.add(row.getLong(0));
            }
        }
        long last = rows.isEmpty() ? after : rows.get(rows.size() - 1).getLong(0);
        return new Portion(sound, damaged, last, rows.size() == limit, opened);
    }

    /** Fails, and says what is wrong with the seal of this template. */
    public Future<Void> broken(long template) {
        return tables.rows(
                        "SELECT opened(vector, 'template.vector', id || '/' || person_id) FROM template WHERE id = ?",
                        Tuple.of(template))
                .compose(rows ->
                        Future.failedFuture(new StoreException("a stored template is damaged: " + Database.RESTORE)));
    }

    /** Every template that is not damaged, nor its person's name, in the order of labels and ids; read in portions in that of ids, because labels are sealed. */
    public Future<GalleryDump> dump() {
        List<GalleryDump.Entry> entries = new ArrayList<>();
        Set<Long> nameless = new HashSet<>();
        AtomicReference<Tuple> last = new AtomicReference<>(Tuple.of(0, 0));
        return Portions.unhurried(() -> dump(last, entries, nameless)).map(done -> {
            if (!nameless.isEmpty()) {
                LOG.warn("{} people whose names are damaged were left out of what was exported", nameless.size());
            }
            entries.sort(Comparator.comparing(GalleryDump.Entry::label));
            return new GalleryDump(entries);
        });
    }

    /** Answers whether more follows. */
    private Future<Boolean> dump(AtomicReference<Tuple> last, List<GalleryDump.Entry> entries, Set<Long> nameless) {
        return tables.rows(
                        "SELECT " + TRIED_LABEL + ", template.created_at, quality, model_id, " + VECTOR
                                + ", template.id, "
                                + SET_ASIDE
                                + ", person.id FROM enrolled_template AS template JOIN enrolled_person AS person ON person.id = person_id"
                                + " WHERE (person.id, template.id) > (?, ?) ORDER BY person.id, template.id LIMIT "
                                + PORTION,
                        last.get())
                .map(rows -> {
                    for (Row row : rows) {
                        float[] vector = StoredVectors.of(row, 4);
                        if (Tables.broken(row.getString(0))) {
                            nameless.add(row.getLong(7));
                        } else if (vector.length > 0) {
                            entries.add(new GalleryDump.Entry(
                                    label(row, 0),
                                    Tables.time(row, 1),
                                    row.getDouble(2),
                                    new Embedding(row.getString(3), vector),
                                    row.getInteger(6) != 0));
                        }
                        last.set(Tuple.of(row.getLong(7), row.getLong(5)));
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
