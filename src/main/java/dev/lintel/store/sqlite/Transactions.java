package dev.lintel.store.sqlite;

import dev.lintel.bus.Bus;
import dev.lintel.bus.Command;
import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes one after the other, and reading beside them. A change commits as a whole or not at all, and what follows from
 * it in memory is done before the next change begins.
 *
 * <p>Nothing commits once its deadline has passed, so that whoever was refused as too late can believe it.
 *
 * <p>Begins and commits in SQL: the client's own transactions (vertx-jdbc-client 5.0.10, {@code JDBCTxOp}) leave
 * the connection with auto-commit off, and no journal can be truncated on such a connection. Thread-safe.
 */
public final class Transactions {
    private final Vertx vertx;
    private final Lanes lanes;
    private final WriteAheadLog journal;
    private volatile Diary diary;

    public Transactions(Vertx vertx, Lanes lanes, WriteAheadLog journal) {
        this.vertx = vertx;
        this.lanes = lanes;
        this.journal = journal;
    }

    /** What a change to the store may use. */
    public static final class Change {
        private final Tables tables;
        private final List<Runnable> memory = new ArrayList<>();
        private final List<Runnable> announcements = new ArrayList<>();
        private boolean erases;
        private boolean awaited;

        private Change(Tables tables) {
            this.tables = tables;
        }

        public Tables tables() {
            return tables;
        }

        /** What is to be done in memory once the change is on disk, before the next change begins. */
        public void afterCommit(Runnable step) {
            memory.add(step);
        }

        /** What is to be told once the change is on disk, before the next change begins: in the order of the changes. */
        public void announce(Runnable announcement) {
            announcements.add(announcement);
        }

        /** Something personal was removed: no file may still hold it when the change is acknowledged. */
        public void erases() {
            erases = true;
            awaited = true;
        }

        /** Something was removed that nobody asked about: no file may hold it for long, but the answer does not wait. */
        public void erasesInPassing() {
            erases = true;
        }
    }

    /** Who keeps what was done to the store, in the transaction of the change. */
    public interface Diary {
        /** Before the change: what has to be known of it afterwards. */
        Future<Long> begin(Tables tables, Act act);

        /** After it, before it is committed; if this fails, nothing was changed. */
        Future<?> write(Change change, Asker asker, Act act, long begun, Object outcome);
    }

    /** From now on every command that somebody asked for is written down. */
    public void keepDiary(Diary keeper) {
        diary = keeper;
    }

    private interface Way {
        <T> Future<T> go(Function<Tables, Future<T>> work);
    }

    /** Reads one state of the database, beside all changes. */
    public <T> Future<Outcome<T>> read(Deadline deadline, Function<Tables, Future<Outcome<T>>> work) {
        return lanes.reader().urgently(inTime(deadline, snapshot(work))).recover(Transactions::explained);
    }

    /** The same for much: others read beside it. */
    public <T> Future<Outcome<T>> readInBulk(Deadline deadline, Function<Tables, Future<Outcome<T>>> work) {
        return lanes.background().inBulk(inTime(deadline, snapshot(work))).recover(Transactions::explained);
    }

    /** A quick look between two changes, before all that is not urgent; memory shows the same then. */
    public <T> Future<Outcome<T>> look(Deadline deadline, Function<Tables, Future<Outcome<T>>> work) {
        return lanes.writer().urgently(inTime(deadline, work)).recover(Transactions::explained);
    }

    /** A command: commits it with the act that it is, and undoes what is refused or fails. */
    public <T> Future<Outcome<T>> write(Command command, Function<Change, Future<Outcome<T>>> work) {
        return write(lanes.writer()::urgently, command.deadline(), "FULL", acting(command, work));
    }

    /** The same, but only while nothing urgent waits. */
    public <T> Future<Outcome<T>> writeInBulk(Command command, Function<Change, Future<Outcome<T>>> work) {
        return write(lanes.writer()::inBulk, command.deadline(), "FULL", acting(command, work));
    }

    private <T> Function<Change, Future<Outcome<T>>> acting(
            Command command, Function<Change, Future<Outcome<T>>> work) {
        Asker asker = command.deadline().asker().orElse(null);
        Act act = command.act();
        Diary keeper = diary;
        if (asker == null || act.none() || keeper == null) {
            return work;
        }
        return change -> keeper.begin(change.tables(), act)
                .compose(begun -> work.apply(change)
                        .compose(outcome -> outcome.fold(
                                value -> keeper.write(change, asker, act, begun, value)
                                        .map(outcome),
                                refusal -> Future.succeededFuture(outcome))));
    }

    /** Commits what is done in time and undoes what is refused or fails; for what the box does by itself. */
    public <T> Future<Outcome<T>> write(Deadline deadline, Function<Change, Future<Outcome<T>>> work) {
        return write(lanes.writer()::urgently, deadline, "FULL", work);
    }

    /** The same, but only while nothing urgent waits: a short portion of something long. */
    public <T> Future<Outcome<T>> writeInBulk(Deadline deadline, Function<Change, Future<Outcome<T>>> work) {
        return write(lanes.writer()::inBulk, deadline, "FULL", work);
    }

    /** The same for what need not survive a power cut before a later change is acknowledged: without a sync. */
    public <T> Future<Outcome<T>> prepareInBulk(Deadline deadline, Function<Change, Future<Outcome<T>>> work) {
        return write(lanes.writer()::inBulk, deadline, "NORMAL", work);
    }

    private record Written<T>(Outcome<T> outcome, Change change) {}

    private <T> Future<Outcome<T>> write(
            Way way, Deadline deadline, String synchronous, Function<Change, Future<Outcome<T>>> work) {
        boolean sync = synchronous.equals("FULL");
        return way.go(tables -> {
                    if (deadline.expired()) {
                        return Future.succeededFuture(new Written<>(Bus.<T>expired(), new Change(tables)));
                    }
                    return sync
                            ? write(tables, deadline, work)
                            : tables.execute("PRAGMA synchronous = NORMAL")
                                    .compose(set -> write(tables, deadline, work))
                                    .eventually(() -> tables.execute("PRAGMA synchronous = FULL"));
                })
                .recover(Transactions::explained)
                .compose(this::erased);
    }

    private <T> Future<Written<T>> write(Tables tables, Deadline deadline, Function<Change, Future<Outcome<T>>> work) {
        Change change = new Change(tables);
        return tables.execute("BEGIN IMMEDIATE")
                .compose(begun -> work.apply(change))
                .map(outcome ->
                        outcome instanceof Outcome.Done && deadline.expired() ? Transactions.<T>late() : outcome)
                .compose(outcome -> tables.execute(outcome instanceof Outcome.Done ? "COMMIT" : "ROLLBACK")
                        .map(outcome))
                .recover(failure -> tables.execute("ROLLBACK").transform(undone -> Future.failedFuture(failure)))
                .compose(outcome ->
                        outcome instanceof Outcome.Done ? settle(change).map(outcome) : Future.succeededFuture(outcome))
                .map(outcome -> new Written<>(outcome, change));
    }

    private <T> Future<Outcome<T>> erased(Written<T> written) {
        if (!(written.outcome instanceof Outcome.Done) || !written.change.erases) {
            return Future.succeededFuture(written.outcome);
        }
        Future<Void> cleared = journal.clear();
        return written.change.awaited ? cleared.map(written.outcome) : Future.succeededFuture(written.outcome);
    }

    /** The rest of a committed change; nothing here may turn it into a failure. */
    private Future<?> settle(Change change) {
        journal.grown();
        change.announcements.forEach(Runnable::run);
        return change.memory.isEmpty()
                ? Future.succeededFuture()
                : offLoop(() -> {
                    change.memory.forEach(Runnable::run);
                    return null;
                });
    }

    private static <T> Function<Tables, Future<Outcome<T>>> inTime(
            Deadline deadline, Function<Tables, Future<Outcome<T>>> work) {
        return tables -> deadline.expired() ? Future.succeededFuture(Bus.expired()) : work.apply(tables);
    }

    private static <T> Function<Tables, Future<Outcome<T>>> snapshot(Function<Tables, Future<Outcome<T>>> work) {
        return tables -> tables.execute("BEGIN")
                .compose(begun -> work.apply(tables))
                .eventually(() -> tables.execute("ROLLBACK"));
    }

    private static <T> Outcome<T> late() {
        return Outcome.refused(
                Refusal.Code.EXPIRED, "it took too long and was undone, nothing was stored: try again later");
    }

    /** Changes of the gallery wait for running searches: not on an event loop. */
    public <T> Future<T> offLoop(Supplier<T> work) {
        return vertx.executeBlocking(work::get, false);
    }

    public static <T> Future<T> explained(Throwable failure) {
        return Future.failedFuture(failure instanceof SQLException e ? Database.explain(e) : failure);
    }
}
