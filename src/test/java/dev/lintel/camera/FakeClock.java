package dev.lintel.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when somebody pauses, or when the test says so. Thread-safe. */
final class FakeClock implements FeedClock {
    private static final long ORIGIN = 1_000_000_000_000L;

    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicLong nanos = new AtomicLong(ORIGIN);

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanos() - ORIGIN);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
        pass(time);
    }
}
