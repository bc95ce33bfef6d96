package dev.lintel.delivery;

import java.time.Duration;

/** Does something later: on Vert.x's event loop, or in a test when its time has come. */
interface Timers {

    /** Answers what to run to call it off. */
    Runnable after(Duration delay, Runnable task);
}
