package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;

/**
 * What the screen beside a door shows.
 *
 * @param movement that is asked for; null but for {@link Shows#MOVE}
 * @param step which one of how many; 0 but for {@link Shows#MOVE}
 * @param name who is welcome; null unless the door's screen says names
 * @param button whether somebody has to say that they want in before the door looks
 */
public record ScreenState(String door, Shows shows, Movement movement, int step, int steps, Label name, boolean button)
        implements Serializable {

    public enum Shows {
        /** Nobody is there who wants in. */
        IDLE,
        /** Please look here. */
        LOOK,
        /** Please make this movement. */
        MOVE,
        /** That was not it; please look here again. */
        AGAIN,
        WELCOME,
        /** Please type your PIN. */
        PIN,
        /** Not recognised: please ring. */
        REFUSED,
        /** The door does not open now: please ring. */
        CLOSED,
        /** Something does not work: please ring. */
        FAULT
    }
}
