package dev.lintel.store.log;

import dev.lintel.access.LogCheck;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.store.attendance.AttendanceTable;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Chain.Place;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares every row of the event log and the attendance book with its seals, in portions between other work. Finds rows
 * that were changed, given to somebody else, erased, inserted, removed or cut off by anybody who has not the box's key; not
 * that the whole database was put back from a copy. Thread-safe.
 */
public final class LogVerification {
    private static final int PORTION = 100;
    private static final int MOST_FINDINGS = 20;
    private static final int ATTEMPTS = 5;
    static final String EVENT_COLUMNS =
            "id, kind, at, camera, door, direction, verdict, rule, " + EventRow.DETAIL + ", " + EventRow.FACTS;

    private final Transactions transactions;
    private final Chain events;
    private final Chain attendance;

    public LogVerification(Transactions transactions, Chain events, Chain attendance) {
        this.transactions = transactions;
        this.events = events;
        this.attendance = attendance;
    }

    public Future<Outcome<LogCheck>> verify(VerifyLog question) {
        return book(events, EVENT_COLUMNS, question.deadline(), ATTEMPTS)
                .compose(first -> first.fold(
                        log -> book(attendance, AttendanceTable.CONTENT, question.deadline(), ATTEMPTS)
                                .map(second -> second.map(entries -> new LogCheck(List.of(log, entries)))),
                        refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    /** What is known while a book is read. */
    private static final class Progress {
        private final Chain chain;
        private final Place base;
        private final Place head;
        private final List<LogCheck.Finding> findings = new ArrayList<>();
        private Place last;
        private long entries;
        private long erased;
        private long wrong;

        Progress(Chain chain, Place base, Place head) {
            this.chain = chain;
            this.base = base;
            this.head = head;
            this.last = base;
        }

        void find(long sequence, String what) {
            wrong++;
            if (findings.size() < MOST_FINDINGS) {
                findings.add(new LogCheck.Finding(sequence, what));
            }
        }

        LogCheck.Book book() {
            return new LogCheck.Book(chain.table(), entries, erased, wrong, findings);
        }
    }

    /** Begins again if rows were purged meanwhile. */
    private Future<Outcome<LogCheck.Book>> book(Chain chain, String columns, Deadline deadline, int attempts) {
        return transactions
                .<Progress>read(deadline, tables -> begin(chain, tables).map(Outcome::done))
                .compose(begun -> begun.fold(
                        progress -> portions(progress, columns, deadline)
                                .compose(finished -> finished.fold(
                                        done -> transactions
                                                .read(
                                                        deadline,
                                                        tables -> chain.base(tables)
                                                                .map(Outcome::done))
                                                .compose(now -> now.fold(
                                                        base -> base.sequence() == progress.base.sequence()
                                                                        || attempts == 1
                                                                ? Future.succeededFuture(Outcome.done(progress.book()))
                                                                : book(chain, columns, deadline, attempts - 1),
                                                        refusal -> Future.succeededFuture(Outcome.refused(refusal)))),
                                        refusal -> Future.succeededFuture(Outcome.refused(refusal)))),
                        refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    private static Future<Progress> begin(Chain chain, Tables tables) {
        return chain.base(tables)
                .compose(base -> chain.head(tables).compose(head -> {
                    Progress progress = new Progress(chain, base, head);
                    return tables.rows(
                                    "SELECT base_seal, head_seal, (SELECT max(sequence) FROM " + chain.table()
                                            + ") FROM ledger WHERE name = ?",
                                    Tuple.of(chain.table()))
                            .compose(rows ->
                                    rows.isEmpty() ? unsealed(chain, tables, progress) : ends(rows.get(0), progress));
                }));
    }

    private static Future<Progress> unsealed(Chain chain, Tables tables, Progress progress) {
        return tables.count(chain.table()).map(count -> {
            if (count > 0) {
                progress.find(0, "the seals of the ends are missing");
            }
            return progress;
        });
    }

    private static Future<Progress> ends(Row row, Progress progress) {
        if (!progress.chain.sealsBase(progress.base, Chain.bytes(row, 0))) {
            progress.find(progress.base.sequence(), "the seal of the beginning does not fit");
        }
        if (!progress.chain.sealsHead(progress.head, Chain.bytes(row, 1))) {
            progress.find(progress.head.sequence(), "the seal of the end does not fit");
        }
        if (row.getLong(2) != null && row.getLong(2) > progress.head.sequence()) {
            progress.find(row.getLong(2), "is beyond the sealed end");
        }
        return Future.succeededFuture(progress);
    }

    private Future<Outcome<Boolean>> portions(Progress progress, String columns, Deadline deadline) {
        return Portions.untilRefused(() -> portion(progress, columns, deadline))
                .map(outcome -> outcome.map(done -> end(progress)));
    }

    /** Answers whether more follows. */
    private Future<Outcome<Boolean>> portion(Progress progress, String columns, Deadline deadline) {
        return transactions.readInBulk(
                deadline,
                tables -> tables.rows(
                                "SELECT sequence, " + columns.replace("opened_text(", "tried_text(")
                                        + ", person_id, person_seal, digest, chain, erased FROM "
                                        + progress.chain.table()
                                        + " WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT " + PORTION,
                                Tuple.of(progress.last.sequence(), progress.head.sequence()))
                        .map(rows -> {
                            rows.forEach(row -> check(progress, row));
                            return Outcome.done(rows.size() == PORTION);
                        }));
    }

    private static boolean end(Progress progress) {
        if (progress.last.sequence() != progress.head.sequence()
                || !Arrays.equals(progress.last.chain(), progress.head.chain())) {
            progress.find(progress.head.sequence(), "the last entries are missing, or others stand in their place");
        }
        return true;
    }

    private static void check(Progress progress, Row row) {
        Chain chain = progress.chain;
        long sequence = row.getLong(0);
        byte[] digest = Chain.bytes(row, 13);
        byte[] link = Chain.bytes(row, 14);
        boolean erased = row.getBuffer(15) != null;
        progress.entries++;
        progress.erased += erased ? 1 : 0;
        if (sequence != progress.last.sequence() + 1) {
            progress.find(progress.last.sequence() + 1, "is missing");
        } else if (!Arrays.equals(chain.after(progress.last, digest).chain(), link)) {
            progress.find(sequence, "does not follow from the entry before");
        }
        if (erased) {
            if (!Arrays.equals(chain.erasure(sequence, digest), Chain.bytes(row, 15))) {
                progress.find(sequence, "was erased by somebody else than the box");
            }
        } else if (!Arrays.equals(chain.digest(sequence, content(row)), digest)) {
            progress.find(sequence, "was changed");
        }
        if (!Arrays.equals(chain.personSeal(sequence, row.getLong(11)), Chain.bytes(row, 12))) {
            progress.find(sequence, "was given to somebody else, or to nobody");
        }
        progress.last = new Place(sequence, link);
    }

    /** Columns 1 to 10; numbers as the digest has them. */
    private static List<Object> content(Row row) {
        List<Object> content = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            Object value = row.getValue(i);
            content.add(value instanceof Number number ? (Object) number.longValue() : value);
        }
        return content;
    }
}
