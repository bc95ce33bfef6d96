package dev.lintel.door.lock;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Something to be done later, on the caller's event loop. */
@FunctionalInterface
public interface Timers {

    /** Runs the work once after a time; the returned handle calls it off. */
    Runnable in(Duration time, Runnable work);

    static Timers of(Vertx vertx) {
        return (time, work) -> {
            long id = vertx.setTimer(Math.max(1, time.toMillis()), fired -> work.run());
            return () -> vertx.cancelTimer(id);
        };
    }
}
