package dev.lintel.bus;

import dev.lintel.face.Act;

/**
 * A question that changes what is kept. Its deadline says until when the change may come about; whether it has is answered
 * truly, and so the asker waits longer than that, for as long as {@link Bus#GRACE}.
 */
public interface Command extends Message {
    /** What the log says of it once it has come about, if somebody asked for it; {@link Act#NONE}: nothing. */
    Act act();
}
