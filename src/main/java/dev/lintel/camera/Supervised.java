package dev.lintel.camera;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a thread that begins again when it dies, whatever it died of, after longer and longer pauses. What it says about
 * itself may be asked on any thread.
 */
final class Supervised implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);

    private final String name;
    private final Runnable work;
    private final BooleanSupplier over;
    private final ReopenPause pauses;
    private final FeedClock clock;
    private final Runnable died;
    private volatile String cause = "";
    private volatile int deaths;
    private volatile long beat;
    private volatile long diedAt;

    /**
     * @param over whether it is to end
     * @param died hears of each death
     */
    Supervised(String name, Runnable work, BooleanSupplier over, ReopenPause pauses, FeedClock clock, Runnable died) {
        this.name = name;
        this.work = work;
        this.over = over;
        this.pauses = pauses;
        this.clock = clock;
        this.died = died;
        this.beat = clock.nanos();
    }

    @Override
    public void run() {
        boolean again = true;
        while (again && !over.getAsBoolean()) {
            beat();
            again = !once();
        }
    }

    /** @return whether it ended by itself */
    private boolean once() {
        try {
            work.run();
            return true;
        } catch (Throwable e) { // also no memory, a native library that fails, a stack that is too deep
            return over.getAsBoolean() || !survived(e);
        }
    }

    private boolean survived(Throwable e) {
        try {
            cause = e.getClass().getSimpleName();
            deaths++;
            diedAt = clock.nanos();
            died.run();
            LOG.error("the thread {} died of {} and begins again", name, cause, e);
            clock.pause(pauses.next());
        } catch (InterruptedException woken) {
            LOG.debug("{}: woken", name);
        } catch (Throwable again) { // there may be no memory yet to say so
            Thread.yield();
        }
        return true;
    }

    /** The work goes on. */
    void beat() {
        beat = clock.nanos();
    }

    /** Whether nothing of it was heard for so long. */
    boolean stuck(Duration time) {
        return clock.nanos() - beat > time.toNanos();
    }

    /** How often it died since the start. */
    int deaths() {
        return deaths;
    }

    /** What it died of within this time, in a word; empty if it did not. */
    String died(Duration within) {
        return deaths > 0 && clock.nanos() - diedAt < within.toNanos() ? cause : "";
    }
}
