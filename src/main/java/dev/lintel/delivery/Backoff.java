package dev.lintel.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from the first wait to the longest, less a random part of up to half,
 * so that several boxes do not come back to one target in step.
 */
record Backoff(Duration from, Duration to, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;

    /** @param failures so far in a row, at least 1 */
    Duration after(int failures) {
        long doubled = from.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long longest = Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, to.toMillis());
        return Duration.ofMillis(longest - (long) (random.nextDouble() * longest / 2));
    }
}
