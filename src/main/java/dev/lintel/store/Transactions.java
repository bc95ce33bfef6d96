package dev.lintel.store;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One piece of work after the other on the only connection. A change commits as a whole or not at all, and the
 * gallery follows after the commit, before the next piece of work begins: both always show the same people.
 *
 * <p>Begins and commits in SQL: the client's own transactions (vertx-jdbc-client 5.0.10, {@code JDBCTxOp}) leave
 * the connection with auto-commit off, and no journal can be truncated on such a connection. Thread-safe.
 */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Vertx vertx;
    private final Pool pool;
    private final Gallery gallery;
    private final StoreFiles files;

    Transactions(Vertx vertx, Pool pool, Gallery gallery, StoreFiles files) {
        this.vertx = vertx;
        this.pool = pool;
        this.gallery = gallery;
        this.files = files;
    }

    /** What a change to the store may use. */
    static final class Change {
        private final Tables tables;
        private final List<Consumer<Gallery>> gallery = new ArrayList<>();
        private final List<Runnable> announcements = new ArrayList<>();
        private boolean erases;

        private Change(Tables tables) {
            this.tables = tables;
        }

        Tables tables() {
            return tables;
        }

        /** What the gallery is to do once the change is on disk. */
        void afterCommit(Consumer<Gallery> step) {
            gallery.add(step);
        }

        /** What is to be told once the change is on disk, before the next piece of work begins: in the order of the changes. */
        void announce(Runnable announcement) {
            announcements.add(announcement);
        }

        /** Something personal was removed: no file may still hold it when the change is acknowledged. */
        void erases() {
            erases = true;
        }
    }

    <T> Future<Outcome<T>> read(Deadline deadline, Function<Tables, Future<Outcome<T>>> work) {
        return pool.withConnection(connection ->
                        deadline.expired() ? Future.succeededFuture(Bus.expired()) : work.apply(new Tables(connection)))
                .recover(Transactions::explained);
    }

    /** Commits what is done and undoes what is refused or fails. */
    <T> Future<Outcome<T>> write(Deadline deadline, Function<Change, Future<Outcome<T>>> work) {
        return read(deadline, tables -> {
            Change change = new Change(tables);
            return tables.execute("BEGIN IMMEDIATE")
                    .compose(begun -> work.apply(change))
                    .compose(outcome -> outcome instanceof Outcome.Done
                            ? tables.execute("COMMIT").map(outcome)
                            : tables.execute("ROLLBACK").map(outcome))
                    .recover(failure -> tables.execute("ROLLBACK").transform(undone -> Future.failedFuture(failure)))
                    .compose(outcome -> outcome instanceof Outcome.Done
                            ? settle(change).map(outcome)
                            : Future.succeededFuture(outcome));
        });
    }

    /** The rest of a committed change; nothing here may turn it into a failure. */
    private Future<?> settle(Change change) {
        change.announcements.forEach(Runnable::run);
        Future<?> followed = change.gallery.isEmpty()
                ? Future.succeededFuture()
                : offLoop(() -> {
                    change.gallery.forEach(step -> step.accept(gallery));
                    return null;
                });
        return followed.compose(done -> change.erases ? erase(change.tables) : Future.succeededFuture());
    }

    private Future<?> erase(Tables tables) {
        return tables.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                .compose(emptied -> offLoop(() -> {
                    try {
                        files.forgetBackups();
                    } catch (IOException e) {
                        throw new StoreException("a backup of before the deletion could not be deleted", e);
                    }
                    return null;
                }))
                .otherwise(failure -> {
                    LOG.warn("deleted, but remains may be on the disk until the next deletion", failure);
                    return null;
                });
    }

    /** Changes of the gallery wait for running searches: not on an event loop. */
    <T> Future<T> offLoop(Supplier<T> work) {
        return vertx.executeBlocking(work::get, false);
    }

    static <T> Future<T> explained(Throwable failure) {
        return Future.failedFuture(failure instanceof SQLException e ? Database.explain(e) : failure);
    }
}
