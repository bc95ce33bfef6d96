package dev.lintel.store.people;

import java.time.Duration;

/**
 * How much is done in one portion, so that it takes about as long as it may: nothing interrupts a portion, and a door may wait
 * for it. Follows the machine and its disk. Confined to one import.
 */
final class PortionSize {
    /** With the decision's own 20 ms still within what nobody notices at a door. */
    private static final Duration WANTED = Duration.ofMillis(6);

    /** With fewer an import on a slow disk is nothing but beginnings and commits, and does not end in time. */
    private static final int LEAST = 50;

    private static final int MOST = 500;

    private double size = 100;

    int now() {
        return (int) size;
    }

    /** A portion of this size took so long. Grows slowly and shrinks at once. */
    void took(long nanos) {
        double fitting = size * WANTED.toNanos() / Math.max(1, nanos);
        size = Math.max(LEAST, Math.min(MOST, Math.min(fitting, size * 1.2)));
    }
}
