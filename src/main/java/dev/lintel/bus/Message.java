package dev.lintel.bus;

import dev.lintel.face.Deadline;
import java.io.Serializable;

/** A question to a verticle. */
public interface Message extends Serializable {

    /** Until when the asker waits; a worker drops a question whose deadline has passed. */
    Deadline deadline();
}
