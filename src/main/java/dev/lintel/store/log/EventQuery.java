package dev.lintel.store.log;

import dev.lintel.access.EventFilter;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.sqlite.Tables;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** A filter of the event log as SQL; acts are found only by who asks for that kind. Confined to one caller. */
final class EventQuery {
    private final StringBuilder sql = new StringBuilder("WHERE event.erased IS NULL");
    private final List<Object> values = new ArrayList<>();

    EventQuery(EventFilter filter) {
        and(" AND event.door = ?", filter.door());
        and(" AND event.camera = ?", filter.camera());
        if (filter.kind() == null) {
            sql.append(" AND event.kind <> 'ACT'");
        }
        and(" AND event.kind = ?", filter.kind() == null ? null : filter.kind().name());
        and(
                " AND event.verdict = ?",
                filter.verdict() == null ? null : filter.verdict().name());
        and(
                " AND person.label_key = " + PeopleTables.KEY,
                filter.person() == null ? null : filter.person().text());
        and(" AND event.at >= ?", Tables.millis(filter.from()));
        and(" AND event.at < ?", Tables.millis(filter.to()));
    }

    EventQuery and(String condition, Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
        return this;
    }

    String sql() {
        return "SELECT " + EventRow.COLUMNS + EventRow.FROM + sql;
    }

    Tuple values() {
        return Tuple.wrap(values);
    }
}
