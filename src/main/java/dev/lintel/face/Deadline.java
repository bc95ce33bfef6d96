package dev.lintel.face;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * Until when somebody waits for an answer, and who that is. Travels with each question, so that a worker can drop work that
 * nobody waits for. {@link #cancel()} takes effect at once for workers in this JVM. Thread-safe.
 */
public final class Deadline implements Serializable {
    private static final long serialVersionUID = 1;

    private final long epochMillis;
    private final Asker asker;
    private transient volatile boolean cancelled;

    private Deadline(long epochMillis, Asker asker) {
        this.epochMillis = epochMillis;
        this.asker = asker;
    }

    public static Deadline after(Duration patience) {
        return after(patience, null);
    }

    /** @param asker who waits; null: the box itself */
    public static Deadline after(Duration patience, Asker asker) {
        return new Deadline(System.currentTimeMillis() + patience.toMillis(), asker);
    }

    /** Who waits, for the log of acts; empty for the box itself. */
    public Optional<Asker> asker() {
        return Optional.ofNullable(asker);
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
