package dev.lintel.access;

import java.io.Serializable;

/**
 * What is to be said to whoever stands before a camera. Says nothing about who that is.
 *
 * @param movement that is asked for; null but for {@link Kind#MOVE}
 * @param step which one of how many, from 1; 0 but for {@link Kind#MOVE}
 * @param steps how many there are
 */
public record Cue(Kind kind, Movement movement, int step, int steps) implements Serializable {

    public enum Kind {
        NOBODY,
        /** Somebody is there of whom it is not known yet whether they want in. */
        PASSING,
        /** Somebody is looked at. */
        LOOK,
        /** A movement is asked for. */
        MOVE,
        /** That was not it; another one is asked for in a moment. */
        AGAIN,
        /** Too often not it: nothing is asked for a while. */
        PAUSE,
        /** Everything was done that was asked for. */
        DONE
    }

    public static Cue of(Kind kind) {
        return new Cue(kind, null, 0, 0);
    }

    public static Cue move(Movement movement, int step, int steps) {
        return new Cue(Kind.MOVE, movement, step, steps);
    }
}
