package dev.lintel.gateway;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How much the box takes on at once: requests about faces, and bytes of uploads in memory. What is too much is
 * answered 503 with {@code Retry-After}. Thread-safe.
 */
final class Admission {
    private static final String BUSY = "the box is busy: try again in a moment";

    private final int mostRequests;
    private final long mostBytes;
    private final ApplianceMetrics metrics;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Admission(int mostRequests, long mostBytes, ApplianceMetrics metrics) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
        this.metrics = metrics;
        metrics.queueDepth("requests", requests::get);
        metrics.queueDepth("upload-bytes", bytes::get);
    }

    /** Whether one more request would be turned away; asked before its upload is read. */
    boolean full() {
        return requests.get() >= mostRequests;
    }

    ProblemException refusal(String queue) {
        metrics.rejected(queue);
        return Problem.overloaded(BUSY).exception();
    }

    /** Does the work now, or fails with the problem to answer. */
    <T> Future<T> run(Supplier<Future<T>> work) {
        if (requests.incrementAndGet() > mostRequests) {
            requests.decrementAndGet();
            return Future.failedFuture(refusal("requests"));
        }
        return Future.succeededFuture().compose(v -> work.get()).eventually(() -> {
            requests.decrementAndGet();
            return Future.succeededFuture();
        });
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
}
