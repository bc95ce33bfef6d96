package dev.lintel.accounts;

import java.time.Instant;
import java.time.InstantSource;

/** The time since the start on top of the time at the start: it does not jump when somebody sets the clock. Thread-safe. */
public final class SteadyClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    private SteadyClock() {}

    /** In place of the system's clock; one of a test is taken as it is. */
    public static InstantSource insteadOf(InstantSource clock) {
        return clock.equals(InstantSource.system()) ? new SteadyClock() : clock;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
