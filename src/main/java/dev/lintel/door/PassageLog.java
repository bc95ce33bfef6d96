package dev.lintel.door;

import dev.lintel.access.Decision;
import dev.lintel.access.Reason;
import dev.lintel.clock.Clocks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who passed, and when. As long as nobody knows what time it is they wait, and then get the time that it was. Used from
 * one event loop.
 */
final class PassageLog {
    private static final int MOST = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(PassageLog.class);

    private final Records records;
    private final Clocks clocks;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(Decision cause, Instant steadily, Reason why) {}

    PassageLog(Records records, Clocks clocks) {
        this.records = records;
        this.clocks = clocks;
    }

    void passed(Decision cause, Reason why) {
        if (clocks.known()) {
            records.passed(cause, clocks.now(), why);
            return;
        }
        if (waiting.size() == MOST) {
            LOG.error("the clock is not set: the oldest passage that waits for it is not counted");
            waiting.remove();
        }
        waiting.add(new Waiting(cause, clocks.steady().instant(), why));
    }

    /** Time went by. */
    void tick() {
        while (!waiting.isEmpty() && clocks.known()) {
            Waiting next = waiting.remove();
            records.passed(next.cause, clocks.atWall(next.steadily), next.why);
        }
    }

    /** Whoever waits still is not counted. */
    void close() {
        tick();
        if (!waiting.isEmpty()) {
            LOG.error("the clock was never set: {} passages are not counted for attendance", waiting.size());
        }
    }
}
