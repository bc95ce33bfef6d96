package dev.lintel.store.sqlite;

import dev.lintel.face.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Long work in portions, one after the other. However many they are, the stack does not grow with them. Stateless. */
public final class Portions {
    private Portions() {}

    /** @param portion does the next one, and answers whether more is to be done */
    public static Future<Void> all(Supplier<Future<Boolean>> portion) {
        return untilRefused(() -> portion.get().map(Outcome::done)).mapEmpty();
    }

    /**
     * The same, but at work for half of the time at most: reading much needs the processor that a decision needs. Called on a
     * context of Vert.x.
     *
     * @param portion does the next one, and answers whether more is to be done
     */
    public static Future<Void> unhurried(Supplier<Future<Boolean>> portion) {
        Vertx vertx = Vertx.currentContext().owner();
        return all(() -> {
            long start = System.nanoTime();
            return portion.get().compose(more -> {
                long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
                return more && millis > 0
                        ? vertx.timer(millis, TimeUnit.MILLISECONDS).map(true)
                        : Future.succeededFuture(more);
            });
        });
    }

    /**
     * Ends early, with the refusal, when a portion is refused.
     *
     * @param portion does the next one, and answers whether more is to be done
     */
    public static Future<Outcome<Boolean>> untilRefused(Supplier<Future<Outcome<Boolean>>> portion) {
        Promise<Outcome<Boolean>> finished = Promise.promise();
        next(portion, finished);
        return finished.future();
    }

    private static void next(Supplier<Future<Outcome<Boolean>>> portion, Promise<Outcome<Boolean>> finished) {
        Future.succeededFuture().compose(begun -> portion.get()).onComplete(done -> {
            if (done.succeeded() && done.result().fold(more -> more, refusal -> false)) {
                next(portion, finished);
            } else {
                finished.handle(done);
            }
        });
    }
}
