package dev.lintel.store.sqlite;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL on one connection that the caller holds. */
public final class Tables {
    private final SqlConnection connection;

    public Tables(SqlConnection connection) {
        this.connection = connection;
    }

    public Future<RowSet<Row>> execute(String sql) {
        return connection.query(sql).execute();
    }

    public Future<Integer> count(String table) {
        return rows("SELECT count(*) FROM " + table, Tuple.tuple())
                .map(rows -> rows.get(0).getInteger(0));
    }

    public Future<?> batch(String sql, List<Tuple> batch) {
        return batch.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(sql).executeBatch(batch);
    }

    public Future<List<Row>> rows(String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values).map(rows -> {
            List<Row> list = new ArrayList<>();
            rows.forEach(list::add);
            return list;
        });
    }

    /** What SQL's {@code tried_text} answered: null stays null, and a record that does not open is "damaged". */
    public static String tried(Row row, int column) {
        String text = row.getString(column);
        return broken(text) ? "damaged" : text;
    }

    /** Whether this is what {@code tried_text} answers of a record that does not open. */
    public static boolean broken(String tried) {
        return tried != null && tried.startsWith("\u0000");
    }

    /** Rounded up, as what is stored is whole milliseconds. */
    public static Long millis(Instant at) {
        return at == null ? null : at.toEpochMilli() + (at.getNano() % 1_000_000 == 0 ? 0 : 1);
    }

    public static Instant time(Row row, int column) {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
