package dev.lintel.store.log;

import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.store.attendance.AttendanceTable;
import dev.lintel.store.attendance.FormerPeople;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Removes what is older than it may be: empties the rows, in portions, and then takes away the empty ones at the beginning
 * of each chain. What an entry says decides, not where it stands: a clock that was wrong keeps nothing, and removes nothing
 * that is young. A correction goes with the time at which it was written, so that it outlives what it corrects. Thread-safe.
 */
public final class Retention {
    private static final int PORTION = 100;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String OLD_EVENTS = "at < ?";
    private static final String OLD_ATTENDANCE = "iif(kind IN ('SEEN', 'ADDED'), at, written_at) < ?";

    private final Transactions transactions;
    private final Chain events;
    private final AttendanceTable attendance;
    private final AttendanceConfig rules;
    private final InstantSource clock;

    public Retention(
            Transactions transactions,
            Chain events,
            AttendanceTable attendance,
            AttendanceConfig rules,
            InstantSource clock) {
        this.transactions = transactions;
        this.events = events;
        this.attendance = attendance;
        this.rules = rules;
        this.clock = clock;
    }

    /** How many entries were removed. */
    public record Purged(int events, int attendance) {}

    /** Removes everything that is too old now. */
    public Future<Purged> purge() {
        long now = clock.millis();
        long oldestEvent = now - rules.keepEvents().toMillis();
        long oldestAttendance = now - rules.keepAttendance().toMillis();
        return portions(events, OLD_EVENTS, oldestEvent)
                .compose(gone -> portions(attendance.chain(), OLD_ATTENDANCE, oldestAttendance)
                        .map(entries -> new Purged(gone, entries)));
    }

    private Future<Integer> portions(Chain chain, String old, long oldest) {
        AtomicInteger gone = new AtomicInteger();
        return Portions.untilRefused(() -> portion(chain, old, oldest, gone))
                .compose(outcome -> outcome.fold(
                        done -> Future.succeededFuture(gone.get()),
                        refusal -> Future.failedFuture(new StoreException(refusal.detail()))));
    }

    /** Answers whether there may be more. */
    private Future<Outcome<Boolean>> portion(Chain chain, String old, long oldest, AtomicInteger gone) {
        return transactions.writeInBulk(
                Deadline.after(TIMEOUT),
                change -> erase(change.tables(), chain, old, oldest).compose(erased -> {
                    if (gone.addAndGet(erased) > 0 && erased < PORTION) {
                        change.erasesInPassing();
                    }
                    return erased == 0
                            ? Future.succeededFuture(Outcome.done(false))
                            : shorten(change.tables(), chain)
                                    .compose(shortened -> FormerPeople.forgetWithoutAttendance(change.tables()))
                                    .map(Outcome.done(erased == PORTION));
                }));
    }

    private Future<Integer> erase(Tables tables, Chain chain, String old, long oldest) {
        return chain == events
                ? eraseEvents(tables, old, oldest)
                : attendance.erase(tables, old + " LIMIT " + PORTION, Tuple.of(oldest));
    }

    private Future<Integer> eraseEvents(Tables tables, String old, long oldest) {
        return tables.rows(
                        "SELECT sequence, digest FROM event WHERE erased IS NULL AND " + old + " LIMIT " + PORTION,
                        Tuple.of(oldest))
                .compose(rows -> {
                    List<Tuple> erasures =
                            rows.stream().map(row -> events.erasing(row)).toList();
                    return tables.batch(
                                    "UPDATE event SET id = NULL, kind = NULL, at = NULL, camera = NULL, door = NULL, direction = NULL,"
                                            + " verdict = NULL, rule = NULL, detail = NULL, facts = NULL, person_id = NULL, person_seal = ?, erased = ?"
                                            + " WHERE sequence = ?",
                                    erasures)
                            .map(erasures.size());
                });
    }

    /** Takes away the empty rows at the beginning. */
    private static Future<?> shorten(Tables tables, Chain chain) {
        String table = chain.table();
        return tables.rows(
                        "SELECT sequence, chain FROM " + table
                                + " WHERE sequence < coalesce((SELECT min(sequence) FROM " + table
                                + " WHERE erased IS NULL), 9223372036854775807) ORDER BY sequence DESC LIMIT 1",
                        Tuple.tuple())
                .compose(rows -> rows.isEmpty() ? Future.succeededFuture() : remove(tables, chain, rows.get(0)));
    }

    private static Future<?> remove(Tables tables, Chain chain, Row last) {
        long sequence = last.getLong(0);
        return chain.shorten(tables, new Chain.Place(sequence, Chain.bytes(last, 1)))
                .compose(shortened ->
                        tables.rows("DELETE FROM " + chain.table() + " WHERE sequence <= ?", Tuple.of(sequence)));
    }
}
