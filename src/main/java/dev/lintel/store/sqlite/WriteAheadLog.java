package dev.lintel.store.sqlite;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the write-ahead journal short beside the writer, so that no commit has to, and empties it when something personal
 * was deleted. Thread-safe.
 */
public final class WriteAheadLog {
    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

    /** After so many commits what they wrote is copied into the database: a few megabytes, even during an import. */
    private static final int COMMITS = 32;

    private final Vertx vertx;
    private final Lanes lanes;
    private final StoreFiles files;
    private final AtomicInteger commits = new AtomicInteger();
    private Future<Void> waiting;

    public WriteAheadLog(Vertx vertx, Lanes lanes, StoreFiles files) {
        this.vertx = vertx;
        this.lanes = lanes;
        this.files = files;
    }

    /** Something was committed. Waits for nothing: readers and the writer go on meanwhile. */
    public void grown() {
        if (commits.incrementAndGet() % COMMITS == 0) {
            lanes.background()
                    .inBulk(tables -> tables.execute("PRAGMA wal_checkpoint(PASSIVE)"))
                    .onFailure(failure -> LOG.debug("the journal could not be copied", failure));
        }
    }

    /**
     * Afterwards no file holds what was deleted. That takes a moment in which nobody reads: it waits for an export, while
     * the writer goes on. Never fails.
     */
    public synchronized Future<Void> clear() {
        if (waiting != null) {
            return waiting;
        }
        Promise<Void> cleared = Promise.promise();
        Future<Void> answer = cleared.future();
        waiting = answer;
        lanes.background()
                .urgently(quiet -> begin())
                .otherwise(failure -> {
                    LOG.warn("deleted, but remains may be on the disk until the next deletion", failure);
                    return null;
                })
                .onComplete(cleared::handle);
        return answer;
    }

    /** Whoever deletes from now on needs another turn. */
    private Future<Void> begin() {
        synchronized (this) {
            waiting = null;
        }
        return lanes.reader()
                .urgently(quiet -> lanes.writer().urgently(tables -> tables.execute("PRAGMA wal_checkpoint(TRUNCATE)")))
                .compose(done -> done.iterator().next().getInteger(0) == 0
                        ? forgetBackups()
                        : Future.failedFuture(new StoreException("the journal was in use")));
    }

    private Future<Void> forgetBackups() {
        return vertx.executeBlocking(
                () -> {
                    try {
                        files.forgetBackups();
                    } catch (IOException e) {
                        throw new StoreException("a backup of before the deletion could not be deleted", e);
                    }
                    return null;
                },
                false);
    }
}
