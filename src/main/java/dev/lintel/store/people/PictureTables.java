package dev.lintel.store.people;

import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The SQL of the pictures of enrolled views, on one connection that the caller holds. */
public final class PictureTables {
    /** Of a row of {@code picture}: what it is sealed for, so that it cannot be given to another template or person. */
    static final String PLACE =
            "template_id || '/' || (SELECT person_id FROM template AS owner WHERE owner.id = template_id)";

    private static final String PNG = "opened(png, 'picture.png', " + PLACE + ")";
    private static final String OF_PERSON = "template_id IN (SELECT id FROM template WHERE person_id = ?)";

    private final Tables tables;

    public PictureTables(Tables tables) {
        this.tables = tables;
    }

    /** Of templates that are stored; one that has a picture keeps it. */
    Future<?> put(Map<Long, byte[]> pictures) {
        return tables.batch(
                "INSERT OR IGNORE INTO picture (template_id, png) VALUES (?1, sealed(?2, 'picture.png', ?1 || '/' || (SELECT"
                        + " person_id FROM template WHERE id = ?1)))",
                pictures.entrySet().stream()
                        .map(picture -> Tuple.of(picture.getKey(), picture.getValue()))
                        .toList());
    }

    /** Of one template of a person. */
    public Future<Optional<byte[]>> find(long person, long template) {
        return tables.rows(
                        "SELECT " + PNG + " FROM picture WHERE template_id = ?2 AND " + OF_PERSON.replace("?", "?1"),
                        Tuple.of(person, template))
                .map(rows ->
                        rows.stream().findFirst().map(row -> row.getBuffer(0).getBytes()));
    }

    /** Of a person, by template. */
    public Future<Map<Long, byte[]>> of(long person) {
        return tables.rows("SELECT template_id, " + PNG + " FROM picture WHERE " + OF_PERSON, Tuple.of(person))
                .map(rows -> {
                    Map<Long, byte[]> pictures = new TreeMap<>();
                    rows.forEach(
                            row -> pictures.put(row.getLong(0), row.getBuffer(1).getBytes()));
                    return pictures;
                });
    }

    /** How many there were. */
    Future<Integer> deleteOf(long person) {
        return tables.rows("DELETE FROM picture WHERE " + OF_PERSON + " RETURNING 1", Tuple.of(person))
                .map(List::size);
    }

    /** How many there were, up to {@code most}. */
    Future<Integer> deleteSome(int most) {
        return tables.rows(
                        "DELETE FROM picture WHERE template_id IN (SELECT template_id FROM picture LIMIT ?) RETURNING 1",
                        Tuple.of(most))
                .map(List::size);
    }

    /** Templates go from person to person: to be done before. @param which of {@code template} by {@code ?2}, as SQL */
    static Future<?> move(Tables tables, long toPerson, String which, long value) {
        return tables.rows(
                "UPDATE picture SET png = sealed(" + PNG + ", 'picture.png', template_id || '/' || ?1), next_vector ="
                        + " sealed(opened(next_vector, 'picture.next_vector', " + PLACE
                        + "), 'picture.next_vector', template_id || '/' || ?1)"
                        + " WHERE template_id IN (SELECT id FROM template WHERE " + which + ")",
                Tuple.of(toPerson, value));
    }
}
