package dev.lintel.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when somebody pauses. Confined to one thread. */
final class FakeClock implements FeedClock {
    final List<Duration> pauses = new ArrayList<>();
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 1_000_000_000_000L;

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanos - 1_000_000_000_000L);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
        pass(time);
    }
}
