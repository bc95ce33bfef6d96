package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A named pool of threads behind one bus consumer: unordered, so that a free thread takes the next question
 * whoever asked it. Its queue is bounded by the admission of those who ask. Closes with the verticle's context.
 */
public final class WorkPool {
    private final String name;
    private final WorkerExecutor threads;
    private final AtomicInteger depth = new AtomicInteger();
    private final ApplianceMetrics metrics;

    public WorkPool(Vertx vertx, String name, int threads, ApplianceMetrics metrics) {
        this.name = name;
        this.threads = vertx.createSharedWorkerExecutor(name, threads);
        this.metrics = metrics;
        metrics.queueDepth(name, depth::get);
    }

    /** Runs the work on a thread of the pool, or refuses it if nobody waits for it any more by then. */
    public <R> Future<Outcome<R>> run(Deadline deadline, Callable<Outcome<R>> work) {
        depth.incrementAndGet();
        return threads.executeBlocking(
                        () -> {
                            if (deadline.expired()) {
                                metrics.expired(name);
                                return Bus.<R>expired();
                            }
                            return work.call();
                        },
                        false)
                .eventually(() -> {
                    depth.decrementAndGet();
                    return Future.succeededFuture();
                });
    }
}
