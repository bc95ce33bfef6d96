package dev.lintel.camera;

import java.time.Duration;
import java.time.Instant;

/** Time as a feed needs it, so that hours without a camera take no time in a test. Thread-safe. */
interface FeedClock {
    FeedClock SYSTEM = new FeedClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
        }
    };

    /** By the wall clock. */
    Instant now();

    /** By a clock that never jumps, from any origin. */
    long nanos();

    void pause(Duration time) throws InterruptedException;
}
