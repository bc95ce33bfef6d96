package dev.lintel.gateway;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Lets one after the other through, and sends away who would wait for long. Confined to one event loop. */
final class Turnstile {
    private final int most;
    private Future<?> last = Future.succeededFuture();
    private int waiting;

    /** @param most how many may wait, with the one at work */
    Turnstile(int most) {
        this.most = most;
    }

    /** Fails with 503 if too many wait. */
    <T> Future<T> pass(Supplier<Future<T>> work) {
        if (waiting >= most) {
            return Future.failedFuture(Problem.overloaded("many log in at the moment: try again in a moment")
                    .exception());
        }
        waiting++;
        Future<T> mine = last.transform(before -> work.get()).onComplete(done -> waiting--);
        last = mine;
        return mine;
    }
}
