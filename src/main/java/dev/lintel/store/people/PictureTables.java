package dev.lintel.store.people;

import dev.lintel.face.Embedding;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The SQL of the pictures of enrolled views, on one connection that the caller holds. */
public final class PictureTables {
    /** Of a row of {@code picture} or {@code coming_template}: what it is sealed for, so that it cannot be given to another template or person. */
    static final String PLACE =
            "template_id || '/' || (SELECT person_id FROM template AS owner WHERE owner.id = template_id)";

    private static final String PNG = "opened(png, 'picture.png', " + PLACE + ")";
    private static final String OF_PERSON = "template_id IN (SELECT id FROM template WHERE person_id = ?)";

    /** Pictures of which this model has made no template. */
    private static final String WAITING = " FROM picture JOIN template ON template.id = template_id"
            + " WHERE template.model_id <> ?1 AND NOT EXISTS (SELECT 1 FROM coming_template AS coming"
            + " WHERE coming.template_id = picture.template_id AND coming.model_id = ?1)";

    /** People who are recognised by {@code ?2}, of whom {@code ?1} has made no template and can make none of a picture. */
    private static final String UNSEEN = "SELECT count(*) FROM enrolled_person AS person WHERE " + DetailTables.ACTIVE
            + " AND EXISTS (SELECT 1 FROM template WHERE person_id = person.id AND model_id = ?2)"
            + " AND NOT EXISTS (SELECT 1 FROM template WHERE person_id = person.id AND"
            + " (model_id = ?1 OR EXISTS (SELECT 1 FROM picture WHERE template_id = template.id)))";

    /** SQLite's code for what its functions throw. */
    private static final int SQLITE_ERROR = 1;

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

    /** How many views this model could make a template of, and has not. */
    public Future<Integer> waiting(String modelId) {
        return tables.rows("SELECT count(*)" + WAITING, Tuple.of(modelId))
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** How many people the next model still has to see, because it has no picture of them. */
    Future<Integer> unseen(String former, String next) {
        return tables.rows(UNSEEN, Tuple.of(next, former))
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** The same as {@link #waiting(String)}, of those that a former model has made a template of. */
    public static int waiting(Connection connection, String former, String next) throws SQLException {
        return count(connection, "SELECT count(*)" + WAITING + " AND template.model_id = ?2", former, next);
    }

    /** The same as {@link #unseen(String, String)}. */
    public static int unseen(Connection connection, String former, String next) throws SQLException {
        return count(connection, UNSEEN, former, next);
    }

    private static int count(Connection connection, String sql, String former, String next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, next);
            statement.setString(2, former);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /** A picture whose seal is broken has no bytes. */
    Future<List<Renewals.Kept>> next(String modelId, int limit) {
        List<Renewals.Kept> kept = new ArrayList<>();
        return tables.rows("SELECT template_id" + WAITING + " ORDER BY template_id LIMIT ?2", Tuple.of(modelId, limit))
                .compose(rows -> {
                    Future<?> done = Future.succeededFuture();
                    for (Row row : rows) {
                        long template = row.getLong(0);
                        done = done.compose(before -> png(template))
                                .onSuccess(png -> kept.add(new Renewals.Kept(template, png)));
                    }
                    return done.map(kept);
                });
    }

    private Future<byte[]> png(long template) {
        return tables.rows("SELECT " + PNG + " FROM picture WHERE template_id = ?", Tuple.of(template))
                .map(rows -> rows.get(0).getBuffer(0).getBytes())
                .recover(failure ->
                        brokenSeal(failure) ? Future.succeededFuture(new byte[0]) : Future.failedFuture(failure));
    }

    /** Whether a function of a query gave up, and nothing is wrong with the disk, the lock or the connection. */
    private static boolean brokenSeal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getErrorCode() == SQLITE_ERROR;
            }
        }
        return false;
    }

    Future<?> deleteOf(List<Long> templates) {
        return tables.batch(
                "DELETE FROM picture WHERE template_id = ?",
                templates.stream().map(template -> Tuple.of(template)).toList());
    }

    /** Answers whether there still was such a picture. */
    Future<Boolean> stage(long template, Embedding next) {
        return tables.rows(
                        "INSERT OR REPLACE INTO coming_template SELECT template_id, ?1, sealed(?2, 'coming_template.vector', "
                                + PLACE + ") FROM picture WHERE template_id = ?3 RETURNING 1",
                        Tuple.of(next.modelId(), StoredVectors.toBytes(next.vector()), template))
                .map(rows -> !rows.isEmpty());
    }

    /** Answers whether there still was a picture of it. */
    Future<Boolean> replace(long template, Embedding by) {
        return tables.rows(
                        "UPDATE template SET model_id = ?1, vector = sealed(?2, 'template.vector', id || '/' || person_id)"
                                + " WHERE id = ?3 AND EXISTS (SELECT 1 FROM picture WHERE template_id = ?3) RETURNING 1",
                        Tuple.of(by.modelId(), StoredVectors.toBytes(by.vector()), template))
                .map(rows -> !rows.isEmpty());
    }

    /** Templates that this model has made meanwhile take the place of the former ones, but for damaged ones. @return how many, {@code most} at most */
    Future<Integer> takeUp(String modelId, int most) {
        return tables.rows(
                        "UPDATE template SET model_id = ?1, vector = (SELECT sealed(opened(coming.vector, 'coming_template.vector',"
                                + " template.id || '/' || template.person_id), 'template.vector', template.id || '/' ||"
                                + " template.person_id) FROM coming_template AS coming WHERE coming.template_id = template.id)"
                                + " WHERE id IN (SELECT template_id FROM coming_template WHERE model_id = ?1"
                                + " AND tried(vector, 'coming_template.vector', " + PLACE + ") IS NOT NULL LIMIT ?2)"
                                + " RETURNING id",
                        Tuple.of(modelId, most))
                .compose(rows -> tables.batch(
                                "DELETE FROM coming_template WHERE template_id = ?",
                                rows.stream()
                                        .map(row -> Tuple.of(row.getLong(0)))
                                        .toList())
                        .compose(gone -> rows.isEmpty() || rows.size() == most
                                ? Future.succeededFuture()
                                // Damaged: the pictures are there, and are looked at again.
                                : tables.rows("DELETE FROM coming_template WHERE model_id = ?", Tuple.of(modelId)))
                        .map(rows.size()));
    }

    /** Templates go from person to person: to be done before. @param which of {@code template} by {@code ?2}, as SQL */
    static Future<?> move(Tables tables, long toPerson, String which, long value) {
        return moveSealed(tables, "picture", "png", toPerson, which, value)
                .compose(moved -> moveSealed(tables, "coming_template", "vector", toPerson, which, value));
    }

    private static Future<?> moveSealed(
            Tables tables, String table, String column, long toPerson, String which, long value) {
        return tables.rows(
                ("UPDATE %1$s SET %2$s = sealed(opened(%2$s, '%1$s.%2$s', " + PLACE
                                + "), '%1$s.%2$s', template_id || '/' || ?1)"
                                + " WHERE template_id IN (SELECT id FROM template WHERE %3$s)")
                        .formatted(table, column, which),
                Tuple.of(toPerson, value));
    }
}
