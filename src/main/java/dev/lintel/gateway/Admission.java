package dev.lintel.gateway;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How much the box takes on at once: requests about faces, and bytes of uploads in memory. A request for which there is no
 * room waits a little for its turn; what is too much even so is answered 503 with {@code Retry-After}. Thread-safe.
 */
final class Admission {
    private static final String BUSY = "the box is busy: try again in a moment";

    /** For each request that is worked on, how many may wait. */
    private static final int WAITING_FOR_EACH = 4;

    private final Vertx vertx;
    private final int mostRequests;
    private final int mostWaiting;
    private final long patienceMillis;
    private final long mostBytes;
    private final ApplianceMetrics metrics;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final AtomicLong bytes = new AtomicLong();
    private int requests;

    private record Waiter(Context context, Promise<Void> turn) {}

    Admission(Vertx vertx, GatewayConfig config, ApplianceMetrics metrics) {
        this.vertx = vertx;
        this.mostRequests = config.concurrency();
        this.patienceMillis = config.queueTime().toMillis();
        this.mostWaiting = patienceMillis == 0 ? 0 : WAITING_FOR_EACH * mostRequests;
        this.mostBytes = config.maxBuffered();
        this.metrics = metrics;
        metrics.queueDepth("requests", this::requests);
        metrics.queueDepth("waiting-requests", this::waiting);
        metrics.queueDepth("upload-bytes", bytes::get);
    }

    /** Whether one more request would be turned away; asked before its upload is read. */
    synchronized boolean full() {
        return requests >= mostRequests && waiting.size() >= mostWaiting;
    }

    ProblemException refusal(String queue) {
        metrics.rejected(queue);
        return Problem.overloaded(BUSY).exception();
    }

    /** Does the work as soon as there is room, or fails with the problem to answer. */
    <T> Future<T> run(Supplier<Future<T>> work) {
        return turn().compose(mine -> Future.succeededFuture()
                .compose(v -> work.get())
                .eventually(() -> {
                    leave();
                    return Future.succeededFuture();
                }));
    }

    private Future<Void> turn() {
        Waiter waiter;
        synchronized (this) {
            if (requests < mostRequests) {
                requests++;
                return Future.succeededFuture();
            }
            if (waiting.size() >= mostWaiting) {
                return Future.failedFuture(refusal("requests"));
            }
            waiter = new Waiter(vertx.getOrCreateContext(), Promise.promise());
            waiting.add(waiter);
        }
        long timer = vertx.setTimer(patienceMillis, id -> giveUp(waiter));
        return waiter.turn().future().onSuccess(v -> vertx.cancelTimer(timer));
    }

    private void giveUp(Waiter waiter) {
        synchronized (this) {
            if (!waiting.remove(waiter)) {
                return;
            }
        }
        waiter.turn().fail(refusal("requests"));
    }

    /** Makes room, and gives it to whoever has waited longest. */
    private void leave() {
        Waiter next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                requests--;
                return;
            }
        }
        next.context().runOnContext(v -> next.turn().complete());
    }

    /** Whether so many more bytes may be held; if so, {@link #release} them later. */
    boolean reserve(int count) {
        if (bytes.addAndGet(count) > mostBytes) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    void release(long count) {
        bytes.addAndGet(-count);
    }

    private synchronized int requests() {
        return requests;
    }

    private synchronized int waiting() {
        return waiting.size();
    }
}
