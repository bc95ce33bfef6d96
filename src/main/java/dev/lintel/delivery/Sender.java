package dev.lintel.delivery;

import dev.lintel.access.Recorded;
import io.vertx.core.Future;
import java.time.Duration;

/** How one target is told of one event. */
interface Sender {

    /** Whether trying makes sense just now; once it does again, the line is resumed. */
    default boolean ready() {
        return true;
    }

    /** Tells it once. Does not fail: what went wrong is in the answer. */
    Future<Sent> send(Recorded event);

    /**
     * What came of it.
     *
     * @param rest how long the target asked to be left alone; zero if it did not say
     * @param why one or two words for the log, without addresses or secrets
     */
    record Sent(Result result, Duration rest, String why) {

        enum Result {
            DELIVERED,
            /** Down, busy or broken: try again. */
            FAILED,
            /** The target says that the event is wrong: trying again will hardly help. */
            REFUSED
        }

        static Sent delivered() {
            return new Sent(Result.DELIVERED, Duration.ZERO, "");
        }

        static Sent failed(String why, Duration rest) {
            return new Sent(Result.FAILED, rest, why);
        }

        static Sent refused(String why) {
            return new Sent(Result.REFUSED, Duration.ZERO, why);
        }
    }
}
