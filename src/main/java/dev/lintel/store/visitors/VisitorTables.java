package dev.lintel.store.visitors;

import dev.lintel.messages.VisitorMessages.VisitorGroup;
import dev.lintel.store.people.StoredVectors;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.visitors.FaceGroup;
import dev.lintel.visitors.GroupedFace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of unknown visitors, on one connection that the caller holds. What is damaged is left out, until its time is over. */
final class VisitorTables {
    private static final String GROUP =
            "SELECT id, ignored_at IS NOT NULL, faces, tried(sum, 'visitor.sum', id) FROM visitor";

    private static final String VECTOR = "tried(vector, 'visitor_face.vector', sighting)";

    private final Tables tables;

    VisitorTables(Tables tables) {
        this.tables = tables;
    }

    /** A row of {@code visitor_face}. */
    record Visit(String sighting, String camera, Instant seenAt, boolean live, float[] vector) {}

    Future<List<FaceGroup>> groups(String modelId) {
        return tables.rows(GROUP + " WHERE model_id = ?", Tuple.of(modelId))
                .map(rows -> rows.stream()
                        .filter(row -> row.getBuffer(3) != null)
                        .map(VisitorTables::group)
                        .toList());
    }

    Future<Optional<FaceGroup>> group(long id, String modelId) {
        return tables.rows(GROUP + " WHERE id = ? AND model_id = ?", Tuple.of(id, modelId))
                .map(rows -> rows.stream()
                        .filter(row -> row.getBuffer(3) != null)
                        .findFirst()
                        .map(VisitorTables::group));
    }

    Future<Boolean> known(String sighting) {
        return tables.rows("SELECT 1 FROM visitor_face WHERE sighting = ?", Tuple.of(sighting))
                .map(rows -> !rows.isEmpty());
    }

    /** In the order of time. */
    Future<List<Visit>> visits(long group) {
        return tables.rows(
                        "SELECT sighting, camera, seen_at, live, " + VECTOR
                                + " FROM visitor_face WHERE visitor_id = ? ORDER BY seen_at",
                        Tuple.of(group))
                .map(rows -> rows.stream()
                        .map(row -> new Visit(
                                row.getString(0),
                                row.getString(1),
                                Tables.time(row, 2),
                                row.getInteger(3) != 0,
                                StoredVectors.of(row, 4)))
                        .filter(visit -> visit.vector.length > 0)
                        .toList());
    }

    /** All that are remembered, in the order of time. */
    Future<List<GroupedFace>> faces() {
        return tables.rows(
                        "SELECT sighting, visitor_id, " + VECTOR + " FROM visitor_face ORDER BY seen_at, sighting",
                        Tuple.tuple())
                .map(rows -> rows.stream()
                        .map(row -> new GroupedFace(row.getString(0), row.getLong(1), StoredVectors.of(row, 2)))
                        .filter(face -> face.vector().length > 0)
                        .toList());
    }

    Future<Long> insertGroup(String modelId, float[] face) {
        return tables.rows(
                        "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'visitor'", Tuple.tuple())
                .map(rows -> rows.get(0).getLong(0))
                .compose(id -> tables.rows(
                                "INSERT INTO visitor (id, model_id, faces, sum) VALUES (?1, ?2, 1, sealed(?3, 'visitor.sum', ?1))",
                                Tuple.of(id, modelId, StoredVectors.toBytes(face)))
                        .map(id));
    }

    Future<Void> updateGroup(FaceGroup group) {
        return tables.rows(
                        "UPDATE visitor SET faces = ?, sum = sealed(?, 'visitor.sum', id) WHERE id = ?",
                        Tuple.of(group.faces(), StoredVectors.toBytes(group.sum()), group.id()))
                .mapEmpty();
    }

    /** Its visits go with it. */
    Future<Void> deleteGroup(long id) {
        return tables.rows("DELETE FROM visitor WHERE id = ?", Tuple.of(id)).mapEmpty();
    }

    /** If it has no visit, not because it is ignored. */
    Future<Void> deleteEmptyGroup(long id) {
        return tables.rows("DELETE FROM visitor WHERE id = ? AND ignored_at IS NULL", Tuple.of(id))
                .mapEmpty();
    }

    Future<Void> insertVisit(long group, Visit visit) {
        return tables.rows(
                        "INSERT INTO visitor_face (sighting, visitor_id, camera, seen_at, live, vector) VALUES (?1, ?2, ?3, ?4, ?5,"
                                + " sealed(?6, 'visitor_face.vector', ?1))",
                        Tuple.of(
                                visit.sighting,
                                group,
                                visit.camera,
                                visit.seenAt.toEpochMilli(),
                                visit.live ? 1 : 0,
                                StoredVectors.toBytes(visit.vector)))
                .mapEmpty();
    }

    Future<Void> moveVisits(long from, long to) {
        return tables.rows("UPDATE visitor_face SET visitor_id = ? WHERE visitor_id = ?", Tuple.of(to, from))
                .mapEmpty();
    }

    /** Moves one visit, if it is still where it was and the other group is still listed. */
    Future<Void> moveVisit(String sighting, long from, long to) {
        return tables.rows(
                        "UPDATE visitor_face SET visitor_id = ? WHERE sighting = ? AND visitor_id = ?"
                                + " AND EXISTS (SELECT 1 FROM visitor WHERE id = ? AND ignored_at IS NULL)",
                        Tuple.of(to, sighting, from, to))
                .mapEmpty();
    }

    Future<Integer> count() {
        return tables.count("visitor_face");
    }

    /** Keeps what the group looks like and forgets its visits. */
    Future<Void> ignore(long group, Instant now) {
        return tables.rows("UPDATE visitor SET ignored_at = ? WHERE id = ?", Tuple.of(now.toEpochMilli(), group))
                .compose(marked -> tables.rows("DELETE FROM visitor_face WHERE visitor_id = ?", Tuple.of(group)))
                .mapEmpty();
    }

    /** @return the groups that lost a visit */
    Future<List<Long>> deleteVisitsUntil(Instant time) {
        return groupsOf(tables.rows(
                "DELETE FROM visitor_face WHERE seen_at <= ? RETURNING visitor_id", Tuple.of(time.toEpochMilli())));
    }

    /** @return the groups that lost a visit */
    Future<List<Long>> deleteOldest(int visits) {
        return groupsOf(tables.rows(
                "DELETE FROM visitor_face WHERE sighting IN (SELECT sighting FROM visitor_face ORDER BY seen_at LIMIT ?)"
                        + " RETURNING visitor_id",
                Tuple.of(visits)));
    }

    private static Future<List<Long>> groupsOf(Future<List<Row>> deleted) {
        return deleted.map(
                rows -> rows.stream().map(row -> row.getLong(0)).distinct().toList());
    }

    /** Faces that have been ignored long enough, and those of models that are not in use; answers how many. */
    Future<Integer> deleteStale(Instant ignoredBefore, String modelId) {
        return tables.rows(
                        "DELETE FROM visitor WHERE ignored_at <= ? OR model_id <> ? RETURNING id",
                        Tuple.of(ignoredBefore.toEpochMilli(), modelId))
                .map(List::size);
    }

    /** The ignored faces beyond so many, those first that were ignored first; answers how many. */
    Future<Integer> deleteIgnoredBeyond(int most) {
        return tables.rows(
                        "DELETE FROM visitor WHERE id IN (SELECT id FROM visitor WHERE ignored_at IS NOT NULL"
                                + " ORDER BY ignored_at DESC LIMIT -1 OFFSET ?) RETURNING id",
                        Tuple.of(most))
                .map(List::size);
    }

    Future<List<VisitorGroup>> listed(String modelId, Duration keep) {
        return tables.rows(
                        "SELECT visitor_id, count(*), sum(live), min(seen_at), max(seen_at), json_group_array(DISTINCT camera)"
                                + " FROM visitor_face JOIN visitor ON visitor.id = visitor_id WHERE model_id = ?"
                                + " GROUP BY visitor_id ORDER BY max(seen_at) DESC, visitor_id DESC",
                        Tuple.of(modelId))
                .map(rows -> rows.stream()
                        .map(row -> new VisitorGroup(
                                row.getLong(0),
                                false,
                                row.getInteger(1),
                                row.getInteger(2),
                                Tables.time(row, 3),
                                Tables.time(row, 4),
                                new JsonArray(row.getString(5))
                                        .stream()
                                                .map(String.class::cast)
                                                .sorted()
                                                .toList(),
                                Tables.time(row, 4).plus(keep),
                                List.of()))
                        .toList());
    }

    Future<List<VisitorGroup>> ignored(String modelId, Duration keep) {
        return tables.rows(
                        "SELECT id, ignored_at FROM visitor WHERE ignored_at IS NOT NULL AND model_id = ? ORDER BY ignored_at DESC, id DESC",
                        Tuple.of(modelId))
                .map(rows -> rows.stream()
                        .map(row -> ignored(row.getLong(0), Tables.time(row, 1), keep))
                        .toList());
    }

    static VisitorGroup ignored(long id, Instant since, Duration keep) {
        return new VisitorGroup(id, true, 0, 0, since, since, List.of(), since.plus(keep), List.of());
    }

    private static FaceGroup group(Row row) {
        return new FaceGroup(
                row.getLong(0),
                row.getInteger(1) != 0,
                row.getInteger(2),
                StoredVectors.anyFromBytes(row.getBuffer(3).getBytes()));
    }
}
