package dev.lintel.store.people;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Details;
import dev.lintel.face.Label;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL of what the operator's own system says of people, on one connection that the caller holds. */
public final class DetailTables {
    /** Of a row of {@code detail}, which may be absent: what {@link #read} takes. */
    static final String COLUMNS = "tried_text(detail.external_id, 'detail.external_id', detail.person_id),"
            + " tried_text(detail.words, 'detail.words', detail.person_id), detail.inactive_since";

    /** Of a row of {@code person}: that nobody deactivated the person. */
    static final String ACTIVE =
            "NOT EXISTS (SELECT 1 FROM detail WHERE detail.person_id = person.id AND inactive_since IS NOT NULL)";

    private final Tables tables;

    public DetailTables(Tables tables) {
        this.tables = tables;
    }

    /** @param inactiveSince null for whoever is recognised */
    public record Said(Details details, Instant inactiveSince) {
        static final Said NOTHING = new Said(Details.NONE, null);
    }

    /** Of a row that has {@link #COLUMNS} from here on; where it is damaged the note says so. */
    static Said read(Row row, int column) {
        if (row.getString(column + 1) == null) {
            return Said.NOTHING;
        }
        String words = row.getString(column + 1);
        String external = row.getString(column);
        JsonArray read =
                Tables.broken(words) ? new JsonArray().add("damaged").add(new JsonObject()) : new JsonArray(words);
        return new Said(
                new Details(
                        external == null || Tables.broken(external) ? "" : external,
                        read.getString(0),
                        fields(read.getJsonObject(1))),
                row.getLong(column + 2) == null ? null : Tables.time(row, column + 2));
    }

    private static Map<String, String> fields(JsonObject json) {
        Map<String, String> fields = new HashMap<>();
        json.forEach(field -> fields.put(field.getKey(), (String) field.getValue()));
        return fields;
    }

    public Future<Said> of(long person) {
        return tables.rows("SELECT " + COLUMNS + " FROM detail WHERE person_id = ?", Tuple.of(person))
                .map(rows -> rows.isEmpty() ? Said.NOTHING : read(rows.get(0), 0));
    }

    /** Of those of the labels of whom something is said. */
    public Future<Map<Label, Details>> of(List<Label> labels) {
        JsonArray texts = new JsonArray(labels.stream().map(Label::text).toList());
        return tables.rows(
                        "SELECT " + COLUMNS + ", " + PeopleTables.LABEL
                                + " FROM enrolled_person AS person JOIN detail ON detail.person_id = person.id"
                                + " WHERE label_key IN (SELECT keyed('label', value) FROM json_each(?))",
                        Tuple.of(texts.encode()))
                .map(rows -> {
                    Map<Label, Details> found = new HashMap<>();
                    rows.forEach(row ->
                            found.put(PeopleTables.label(row, 3), read(row, 0).details()));
                    return found;
                });
    }

    public Future<Optional<Label>> byExternalId(String externalId) {
        return tables.rows(
                        "SELECT " + PeopleTables.LABEL
                                + " FROM enrolled_person AS person JOIN detail ON detail.person_id = person.id"
                                + " WHERE external_key = keyed('external', ?)",
                        Tuple.of(externalId))
                .map(rows -> rows.stream().findFirst().map(row -> PeopleTables.label(row, 0)));
    }

    /** In place of what is there. */
    public Future<?> put(long person, Said said) {
        return tables.rows(
                "INSERT INTO detail (person_id, external_key, external_id, words, inactive_since) VALUES (?1,"
                        + " keyed('external', ?2), sealed(?2, 'detail.external_id', ?1), sealed(?3, 'detail.words', ?1), ?4)"
                        + " ON CONFLICT (person_id) DO UPDATE SET external_key = excluded.external_key,"
                        + " external_id = excluded.external_id, words = excluded.words, inactive_since = excluded.inactive_since",
                tuple(person, said));
    }

    private static Tuple tuple(long person, Said said) {
        Details details = said.details;
        return Tuple.of(
                person,
                details.externalId().isEmpty() ? null : details.externalId(),
                new JsonArray()
                        .add(details.note())
                        .add(new JsonObject(new HashMap<>(details.fields())))
                        .encode(),
                Tables.millis(said.inactiveSince));
    }

    /** From a backup, of people who have none, by their numbers; a number of another system that somebody else has is left out. */
    public Future<?> load(Map<Long, Said> all) {
        return tables.batch(
                "INSERT INTO detail (person_id, external_key, external_id, words, inactive_since)"
                        + " SELECT ?1, iif(free, keyed('external', ?2), NULL), iif(free, sealed(?2, 'detail.external_id', ?1), NULL),"
                        + " sealed(?3, 'detail.words', ?1), ?4"
                        + " FROM (SELECT NOT EXISTS (SELECT 1 FROM detail WHERE external_key = keyed('external', ?2)) AS free)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM detail WHERE person_id = ?1)",
                all.entrySet().stream()
                        .map(one -> tuple(one.getKey(), one.getValue()))
                        .toList());
    }

    /** Of two people who become one, what is said of the one who stays counts; without anything, the other's. */
    public Future<?> merge(long from, long to) {
        return tables.rows(
                "UPDATE OR IGNORE detail SET person_id = ?1,"
                        + " external_id = sealed(opened(external_id, 'detail.external_id', person_id), 'detail.external_id', ?1),"
                        + " words = sealed(opened(words, 'detail.words', person_id), 'detail.words', ?1) WHERE person_id = ?2",
                Tuple.of(to, from));
    }

    public Future<Boolean> inactive(long person) {
        return of(person).map(said -> said.inactiveSince != null);
    }

    /** Everybody who is deactivated. */
    public Future<List<Label>> inactive() {
        return tables.rows(
                        "SELECT " + PeopleTables.LABEL
                                + " FROM enrolled_person AS person JOIN detail ON detail.person_id = person.id"
                                + " WHERE inactive_since IS NOT NULL",
                        Tuple.tuple())
                .map(rows ->
                        rows.stream().map(row -> PeopleTables.label(row, 0)).toList());
    }

    /** For a backup. */
    static Future<List<GalleryDump.Described>> dump(Tables tables) {
        return tables.rows(
                        "SELECT " + COLUMNS + ", " + PeopleTables.TRIED_LABEL
                                + " FROM detail JOIN enrolled_person AS person ON person.id = detail.person_id",
                        Tuple.tuple())
                .map(rows -> rows.stream()
                        .filter(row -> !Tables.broken(row.getString(3)))
                        .map(row -> {
                            Said said = read(row, 0);
                            return new GalleryDump.Described(
                                    PeopleTables.label(row, 3), said.details, said.inactiveSince);
                        })
                        .sorted(java.util.Comparator.comparing(GalleryDump.Described::label))
                        .toList());
    }
}
