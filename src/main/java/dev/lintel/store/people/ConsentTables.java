package dev.lintel.store.people;

import dev.lintel.access.Consent;
import dev.lintel.face.Label;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SQL of consents, on one connection that the caller holds. */
public final class ConsentTables {
    private static final String SELECT =
            "SELECT tried_text(label, 'consent.label', id) AS label, tried_text(words, 'consent.words', id), given_at, purposes,"
                    + " ends_at, recorded_at, withdrawn_at, id FROM consent";

    /** Of a row: that it is not damaged. */
    private static final String SOUND =
            "tried(label, 'consent.label', id) IS NOT NULL AND tried(words, 'consent.words', id) IS NOT NULL";

    private static final String KEY = "label_key = keyed('label', ?)";

    private final Tables tables;

    public ConsentTables(Tables tables) {
        this.tables = tables;
    }

    public Future<Optional<Consent>> find(Label label) {
        return row(label).map(found -> found.map(ConsentTables::consent));
    }

    private Future<Optional<Row>> row(Label label) {
        return tables.rows(SELECT + " WHERE " + KEY, Tuple.of(label.text()))
                .map(rows -> rows.stream().findFirst());
    }

    /** Whether any is on record. */
    Future<Boolean> any() {
        return tables.rows("SELECT 1 FROM consent LIMIT 1", Tuple.tuple()).map(rows -> !rows.isEmpty());
    }

    /** Without those that are damaged. @param endingBefore null: whenever */
    public Future<List<Consent>> page(Instant endingBefore, String after, int limit) {
        String which = endingBefore == null ? "" : " AND withdrawn_at IS NULL AND ends_at < ?";
        return tables.rows(
                        "WITH opened AS MATERIALIZED (" + SELECT + " WHERE " + SOUND + which
                                + ") SELECT * FROM opened WHERE label > ? ORDER BY label LIMIT " + limit,
                        endingBefore == null ? Tuple.of(after) : Tuple.of(endingBefore.toEpochMilli(), after))
                .map(ConsentTables::consents);
    }

    /** In place of what is there. */
    public Future<?> put(Consent consent) {
        return delete(consent.person())
                .compose(gone -> tables.rows("SELECT coalesce(max(id), 0) + 1 FROM consent", Tuple.tuple()))
                .compose(rows -> tables.rows(
                        "INSERT INTO consent (id, label_key, label, words, given_at, purposes, ends_at, recorded_at) VALUES"
                                + " (?1, keyed('label', ?2), sealed(?2, 'consent.label', ?1), sealed(?3, 'consent.words', ?1),"
                                + " ?4, ?5, ?6, ?7)",
                        Tuple.of(
                                rows.get(0).getLong(0),
                                consent.person().text(),
                                words(consent),
                                consent.givenAt().toEpochMilli(),
                                String.join(" ", consent.purposes()),
                                Tables.millis(consent.until()),
                                consent.recordedAt().toEpochMilli())));
    }

    private static String words(Consent consent) {
        JsonArray words =
                new JsonArray().add(consent.givenBy()).add(consent.evidence()).add(consent.recordedBy());
        if (consent.withdrawn() != null) {
            words.add(consent.withdrawn().how()).add(consent.withdrawn().by());
        }
        return words.encode();
    }

    /** @param aside templates that were set aside for it */
    public Future<?> withdraw(Consent consent, Consent.Withdrawal withdrawal, List<Long> aside) {
        return tables.rows(
                "UPDATE consent SET withdrawn_at = ?1, words = sealed(?2, 'consent.words', id), set_aside = ?3 WHERE label_key ="
                        + " keyed('label', ?4)",
                Tuple.of(
                        withdrawal.at().toEpochMilli(),
                        words(consent.ended(withdrawal)),
                        aside.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        consent.person().text()));
    }

    /** What a withdrawal set aside. */
    public Future<List<Long>> aside(Label label) {
        return tables.rows("SELECT set_aside FROM consent WHERE " + KEY, Tuple.of(label.text()))
                .map(rows -> rows.isEmpty() || rows.get(0).getString(0).isEmpty()
                        ? List.of()
                        : Arrays.stream(rows.get(0).getString(0).split(" "))
                                .map(Long::valueOf)
                                .toList());
    }

    /** Whether there was one. */
    public Future<Boolean> delete(Label label) {
        return tables.rows("DELETE FROM consent WHERE " + KEY + " RETURNING 1", Tuple.of(label.text()))
                .map(rows -> !rows.isEmpty());
    }

    /** A person has another label; what is on record under that one stays, and the former one's goes. */
    public Future<?> rename(Label from, Label to) {
        return tables.rows(
                        "UPDATE OR IGNORE consent SET label_key = keyed('label', ?1), label = sealed(?1, 'consent.label', id)"
                                + " WHERE label_key = keyed('label', ?2)",
                        Tuple.of(to.text(), from.text()))
                .compose(moved -> delete(from));
    }

    /** Those that have ended by themselves, without those that are damaged. */
    public Future<List<Consent>> ended(Instant now, int limit) {
        return tables.rows(
                        SELECT + " WHERE withdrawn_at IS NULL AND ends_at <= ? AND " + SOUND
                                + " ORDER BY ends_at LIMIT " + limit,
                        Tuple.of(now.toEpochMilli()))
                .map(ConsentTables::consents);
    }

    /** How many have ended and are damaged. */
    public Future<Integer> endedAndDamaged(Instant now) {
        return tables.rows(
                        "SELECT count(*) FROM consent WHERE withdrawn_at IS NULL AND ends_at <= ? AND NOT (" + SOUND
                                + ")",
                        Tuple.of(now.toEpochMilli()))
                .map(rows -> rows.get(0).getInteger(0));
    }

    /** Those that will have, without those that are damaged, of which nobody was warned; from now on somebody was. */
    public Future<List<Consent>> warn(Instant before) {
        return tables.rows(
                        SELECT + " WHERE withdrawn_at IS NULL AND ends_at <= ? AND warned_for IS NOT ends_at AND "
                                + SOUND,
                        Tuple.of(before.toEpochMilli()))
                .compose(rows -> tables.batch(
                                "UPDATE consent SET warned_for = ends_at WHERE id = ?",
                                rows.stream()
                                        .map(row -> Tuple.of(row.getLong(7)))
                                        .toList())
                        .map(consents(rows)));
    }

    private static List<Consent> consents(List<Row> rows) {
        return rows.stream().map(ConsentTables::consent).toList();
    }

    private static Consent consent(Row row) {
        if (Tables.broken(row.getString(0)) || Tables.broken(row.getString(1))) {
            throw new StoreException("a stored consent is damaged: " + Database.RESTORE);
        }
        JsonArray words = new JsonArray(row.getString(1));
        return new Consent(
                PeopleTables.label(row, 0),
                words.getString(0),
                Tables.time(row, 2),
                List.of(row.getString(3).split(" ")),
                maybe(row, 4),
                words.getString(1),
                words.getString(2),
                Tables.time(row, 5),
                row.getLong(6) == null
                        ? null
                        : new Consent.Withdrawal(Tables.time(row, 6), words.getString(3), words.getString(4)));
    }

    private static Instant maybe(Row row, int column) {
        return row.getLong(column) == null ? null : Tables.time(row, column);
    }
}
