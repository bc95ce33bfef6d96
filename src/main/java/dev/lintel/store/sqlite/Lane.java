package dev.lintel.store.sqlite;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * One connection, and one piece of work after the other on it: what is urgent in the order in which it came, and bulk work
 * only while nothing urgent waits, nor is likely to follow at once, and for half of the time at most: a decision needs the
 * processor too. Whoever has much to do does it in short pieces,
 * because nothing interrupts a piece. A piece runs on the context of the caller. Thread-safe.
 */
public final class Lane {
    /** After urgent work bulk work waits so long: a decision asks twice, for rights and to be recorded, and waits once. */
    private static final Duration QUIET = Duration.ofMillis(25);

    private final Vertx vertx;
    private final Pool pool;
    private final Queue<Piece<?>> urgent = new ArrayDeque<>();
    private final Queue<Piece<?>> bulk = new ArrayDeque<>();
    private final Promise<Void> finished = Promise.promise();
    private boolean busy;
    private boolean urgentAtWork;
    private long began;
    private boolean timing;
    private long quietUntil = System.nanoTime();
    private boolean closed;

    private Lane(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Opens the connection. */
    public static Future<Lane> open(Vertx vertx, DataSource source) {
        Pool pool = JDBCPool.pool(vertx, source, new PoolOptions().setMaxSize(1));
        return pool.withConnection(connection -> Future.succeededFuture(new Lane(vertx, pool)))
                .recover(failure -> pool.close().transform(closed -> Future.failedFuture(failure)));
    }

    private record Piece<T>(Context caller, Function<Tables, Future<T>> work, Promise<T> answer) {}

    /** Before all bulk work that waits. */
    public <T> Future<T> urgently(Function<Tables, Future<T>> work) {
        return add(urgent, work);
    }

    /** Once nothing urgent waits. */
    public <T> Future<T> inBulk(Function<Tables, Future<T>> work) {
        return add(bulk, work);
    }

    private <T> Future<T> add(Queue<Piece<?>> queue, Function<Tables, Future<T>> work) {
        Piece<T> piece = new Piece<>(vertx.getOrCreateContext(), work, Promise.promise());
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(closed());
            }
            queue.add(piece);
        }
        next(false);
        return piece.answer.future();
    }

    /** @param done whether the piece that was at work is */
    private void next(boolean done) {
        Piece<?> piece;
        synchronized (this) {
            if (done) {
                busy = false;
                long now = System.nanoTime();
                quietUntil = now + (urgentAtWork ? QUIET.toNanos() : Math.min(now - began, QUIET.toNanos()));
            }
            if (busy) {
                return;
            }
            piece = urgent.poll();
            urgentAtWork = piece != null;
            if (piece == null && !bulk.isEmpty() && isTime()) {
                piece = bulk.poll();
            }
            busy = piece != null;
            began = System.nanoTime();
            if (piece == null && closed) {
                finished.tryComplete();
            }
        }
        if (piece != null) {
            begin(piece);
        }
    }

    /** Whether bulk work may begin now; if not, it is looked at again when it may. */
    private boolean isTime() {
        long millis = Duration.ofNanos(quietUntil - System.nanoTime()).toMillis();
        if (millis > 0 && !timing) {
            timing = true;
            vertx.setTimer(millis, timer -> {
                synchronized (this) {
                    timing = false;
                }
                next(false);
            });
        }
        return millis <= 0;
    }

    private <T> void begin(Piece<T> piece) {
        if (Vertx.currentContext() == piece.caller) {
            work(piece);
        } else {
            piece.caller.runOnContext(v -> work(piece));
        }
    }

    private <T> void work(Piece<T> piece) {
        pool.withConnection(connection ->
                        Future.succeededFuture(new Tables(connection)).compose(piece.work))
                .onComplete(result -> {
                    next(true);
                    piece.answer.handle(result);
                });
    }

    /** Finishes the piece that is at work; those that wait fail. */
    public Future<Void> close() {
        Queue<Piece<?>> dropped = new ArrayDeque<>();
        synchronized (this) {
            closed = true;
            dropped.addAll(urgent);
            dropped.addAll(bulk);
            urgent.clear();
            bulk.clear();
        }
        dropped.forEach(piece -> piece.answer.fail(closed()));
        next(false);
        return finished.future().compose(done -> pool.close());
    }

    private static StoreException closed() {
        return new StoreException("the store is being closed");
    }
}
