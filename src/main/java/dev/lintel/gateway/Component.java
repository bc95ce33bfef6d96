package dev.lintel.gateway;

import java.util.Optional;

/**
 * A part of the box and whether it can work.
 *
 * @param name such as {@code embedding} or {@code camera front}
 * @param detail its state in a few words; no personal data
 * @param trouble what somebody should see to, though the box works
 */
public record Component(String name, boolean ready, String detail, Optional<Trouble> trouble) {

    /** What is wrong beside the box, or is meant to be seen. */
    public enum Trouble {
        CAMERA_LOST,
        /** It is connected, but its picture does not change. */
        CAMERA_FROZEN,
        /** A thread of it died and was started again, or hangs. */
        CAMERA_FAULT,
        /** The liveness network refuses most of those who are recognised there. */
        CAMERA_LIVENESS,
        LOCK_FAILED,
        LOCK_DOWN,
        HELD_OPEN,
        /** Nobody knows what time it is. */
        CLOCK,
        /** The backup that the box makes each day failed, or is missing. */
        BACKUP
    }

    public Component(String name, boolean ready, String detail) {
        this(name, ready, detail, Optional.empty());
    }

    Component(String name, Trouble trouble, String detail) {
        this(name, true, detail, Optional.of(trouble));
    }
}
