package dev.lintel.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: each twice the one before, up to a largest, each shortened at random by up to a half, so
 * that several cameras behind one switch do not all come back at once. Confined to one thread.
 */
final class ReopenPause {
    private final Duration least;
    private final Duration most;
    private final RandomGenerator random;
    private Duration next;

    ReopenPause(Duration least, Duration most, RandomGenerator random) {
        this.least = least;
        this.most = most;
        this.random = random;
        this.next = least;
    }

    Duration next() {
        Duration full = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(most) > 0 ? most : twice;
        return Duration.ofNanos((long) (full.toNanos() * (0.5 + random.nextDouble() / 2)));
    }

    void reset() {
        next = least;
    }
}
