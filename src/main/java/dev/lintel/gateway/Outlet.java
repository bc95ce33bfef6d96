package dev.lintel.gateway;

import io.vertx.core.json.JsonObject;

/** How one client of a stream is written to. Confined to the gateway's event loop. */
interface Outlet {

    /** Whether it has more to take than it should; what is written all the same is kept in memory. */
    boolean full();

    void event(long sequence, JsonObject event);

    void live(JsonObject view);

    /** Shows both sides that the other one is there. */
    void beat();

    /** Ends in good order. */
    void end();

    /** Cuts it off: it does not take what it is sent. */
    void cut();
}
