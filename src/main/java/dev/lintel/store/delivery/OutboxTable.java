package dev.lintel.store.delivery;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.DeliveryMessages.Deliveries;
import dev.lintel.messages.DeliveryMessages.Outbox;
import dev.lintel.messages.DeliveryMessages.OutboxStatus;
import dev.lintel.messages.DeliveryMessages.SetTargets;
import dev.lintel.messages.DeliveryMessages.SettleDeliveries;
import dev.lintel.messages.DeliveryMessages.TakeDeliveries;
import dev.lintel.messages.EventMessages.FollowEvents;
import dev.lintel.messages.EventMessages.FollowedEvents;
import dev.lintel.store.log.EventRow;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who is to be told of events, and up to where each target knows them. The log itself is the queue: an event waits from
 * the moment that it is committed. What was erased from the log waits no longer. Thread-safe.
 */
public final class OutboxTable {
    private static final String BACKLOG = "SELECT target,"
            + " (SELECT count(*) FROM event WHERE sequence > settled AND erased IS NULL),"
            + " (SELECT at FROM event WHERE sequence > settled AND erased IS NULL ORDER BY sequence LIMIT 1) FROM outbox";

    private final Transactions transactions;

    public OutboxTable(Transactions transactions) {
        this.transactions = transactions;
    }

    public Future<Outcome<Outbox>> set(SetTargets question) {
        String places = question.targets().stream().map(target -> "?").collect(Collectors.joining(", "));
        List<Tuple> targets =
                question.targets().stream().map(target -> Tuple.of(target)).toList();
        return transactions.write(
                question.deadline(),
                change -> change.tables()
                        .rows(
                                "DELETE FROM outbox WHERE target NOT IN (" + places + ")",
                                Tuple.wrap(List.<Object>copyOf(question.targets())))
                        .compose(dropped -> change.tables()
                                .batch(
                                        "INSERT INTO outbox VALUES (?, coalesce("
                                                + "(SELECT head_sequence FROM ledger WHERE name = 'event'), 0)) ON CONFLICT DO NOTHING",
                                        targets))
                        .compose(added -> backlogs(change.tables())));
    }

    public Future<Outcome<Deliveries>> take(TakeDeliveries question) {
        if (question.limit() < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        return transactions.read(
                question.deadline(),
                tables -> tables.rows(
                                "SELECT " + EventRow.COLUMNS + EventRow.FROM
                                        + "JOIN outbox ON event.sequence > outbox.settled"
                                        + " WHERE outbox.target = ? AND event.erased IS NULL ORDER BY event.sequence LIMIT ?",
                                Tuple.of(question.target(), question.limit()))
                        .map(rows -> Outcome.done(new Deliveries(
                                question.target(),
                                rows.stream()
                                        .map(row -> EventRow.recorded(row, false))
                                        .toList()))));
    }

    /** The same for whoever follows the log without being a target: what happened, not who did what to the box. */
    public Future<Outcome<FollowedEvents>> follow(FollowEvents question) {
        if (question.limit() < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        return transactions.read(
                question.deadline(),
                tables -> tables.rows(
                                "SELECT " + EventRow.COLUMNS + EventRow.FROM
                                        + "WHERE event.sequence > ? AND event.erased IS NULL AND event.kind <> 'ACT' ORDER BY event.sequence LIMIT ?",
                                Tuple.of(question.after(), question.limit()))
                        .map(rows -> Outcome.done(new FollowedEvents(rows.stream()
                                .map(row -> EventRow.recorded(row, false))
                                .toList()))));
    }

    public Future<Outcome<Outbox.Backlog>> settle(SettleDeliveries question) {
        return transactions.write(
                question.deadline(),
                change -> change.tables()
                        .rows(
                                "UPDATE outbox SET settled = max(settled, min(?, coalesce((SELECT head_sequence FROM ledger WHERE name = 'event'), 0)))"
                                        + " WHERE target = ?",
                                Tuple.of(question.upTo(), question.target()))
                        .compose(settled ->
                                change.tables().rows(BACKLOG + " WHERE target = ?", Tuple.of(question.target())))
                        .map(rows -> Outcome.done(
                                rows.isEmpty()
                                        ? new Outbox.Backlog(question.target(), 0, null)
                                        : backlog(rows.get(0)))));
    }

    public Future<Outcome<Outbox>> status(OutboxStatus question) {
        return transactions.read(question.deadline(), OutboxTable::backlogs);
    }

    private static Future<Outcome<Outbox>> backlogs(Tables tables) {
        return tables.rows(BACKLOG + " ORDER BY target", Tuple.tuple())
                .map(rows -> Outcome.done(
                        new Outbox(rows.stream().map(OutboxTable::backlog).toList())));
    }

    private static Outbox.Backlog backlog(io.vertx.sqlclient.Row row) {
        Long oldest = row.getLong(2);
        return new Outbox.Backlog(
                row.getString(0), row.getLong(1), oldest == null ? null : Instant.ofEpochMilli(oldest));
    }
}
