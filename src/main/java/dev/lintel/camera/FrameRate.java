package dev.lintel.camera;

import java.time.Duration;

/** Frames a second over the last few seconds, from a rising count. Written by one thread, read by any. */
final class FrameRate {
    private static final long WINDOW = Duration.ofSeconds(2).toNanos();

    private boolean begun;
    private long since;
    private long countThen;
    private volatile double perSecond;

    void measure(long count, long nanos) {
        if (!begun) {
            begun = true;
            since = nanos;
            countThen = count;
        } else if (nanos - since >= WINDOW) {
            perSecond = Math.round((count - countThen) * 1e10 / (nanos - since)) / 10.0;
            since = nanos;
            countThen = count;
        }
    }

    double perSecond() {
        return perSecond;
    }
}
