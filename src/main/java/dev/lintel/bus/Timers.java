package dev.lintel.bus;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Does something later, on the caller's event loop; in a test, when its time has come. */
@FunctionalInterface
public interface Timers {
    /**
     * Runs the work once.
     *
     * @return what to run to call it off
     */
    Runnable after(Duration delay, Runnable work);

    static Timers of(Vertx vertx) {
        return (delay, work) -> {
            long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> work.run());
            return () -> vertx.cancelTimer(id);
        };
    }
}
