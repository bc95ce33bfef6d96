package dev.lintel.face;

import java.io.Serializable;
import java.time.Duration;

/**
 * Until when somebody waits for an answer. Travels with each question, so that a worker can drop work that
 * nobody waits for. {@link #cancel()} takes effect at once for workers in this JVM. Thread-safe.
 */
public final class Deadline implements Serializable {
    private static final long serialVersionUID = 1;

    private final long epochMillis;
    private transient volatile boolean cancelled;

    private Deadline(long epochMillis) {
        this.epochMillis = epochMillis;
    }

    public static Deadline after(Duration patience) {
        return new Deadline(System.currentTimeMillis() + patience.toMillis());
    }

    /** The asker went away: work that has not begun need not. */
    public void cancel() {
        cancelled = true;
    }

    public boolean expired() {
        return cancelled || System.currentTimeMillis() >= epochMillis;
    }

    /** Time left, at least one millisecond. */
    public Duration remaining() {
        return Duration.ofMillis(Math.max(1, epochMillis - System.currentTimeMillis()));
    }
}
