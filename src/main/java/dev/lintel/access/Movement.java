package dev.lintel.access;

import java.util.Locale;

/**
 * What a door may ask somebody to do, to show that a person stands there who sees its screen. Left and right are the person's
 * own.
 */
public enum Movement {
    /** Turn the head to the left. */
    LEFT,
    RIGHT,
    /** Lower the chin. */
    NOD,
    /** Raise the chin. */
    UP,
    /** Come a little nearer. */
    CLOSER;

    /** As it is written in messages: {@code left}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
