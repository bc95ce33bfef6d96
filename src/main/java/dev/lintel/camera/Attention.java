package dev.lintel.camera;

import java.time.Duration;

/**
 * Which frames are worth a search for faces: while something moves or a face is there, for a hold time after that, and
 * one every few seconds in any case. A face in a scene that has long been still, such as a poster, does not count.
 * Confined to one thread.
 */
final class Attention {
    static final Duration HOLD = Duration.ofSeconds(3);
    static final Duration GLANCE = Duration.ofSeconds(2);
    static final Duration STILL = Duration.ofSeconds(30);

    private boolean begun;
    private long motion;
    private long held;
    private long looked;

    /** @param nanos of the frame, never falling */
    boolean wants(boolean moved, long nanos) {
        if (!begun) {
            begun = true;
            motion = nanos;
            held = nanos;
            looked = nanos - GLANCE.toNanos();
        }
        if (moved) {
            motion = nanos;
            held = nanos;
        }
        if (nanos - held > HOLD.toNanos() && nanos - looked < GLANCE.toNanos()) {
            return false;
        }
        looked = nanos;
        return true;
    }

    /** What the search found in the frame of that moment. */
    void found(boolean face, long nanos) {
        if (face && nanos - motion <= STILL.toNanos()) {
            held = nanos;
        }
    }
}
