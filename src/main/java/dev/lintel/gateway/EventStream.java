package dev.lintel.gateway;

import dev.lintel.access.Recorded;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One client that follows what happens. Nothing is buffered for it: while it takes nothing, events stay in the log, from
 * where it gets them once it does, and live views are left out. Confined to the gateway's event loop.
 */
final class EventStream {
    private final Outlet outlet;
    private final LongFunction<Future<List<Recorded>>> log;
    private final boolean live;
    private long last;
    private long newest;
    private boolean behind;
    private boolean reading;
    private boolean stuck;
    private boolean closed;

    /**
     * @param log reads some events after a sequence, oldest first; empty at the end
     * @param after sequence of the last event that the client has; negative for only what happens from now on
     * @param live whether it wants live views
     */
    EventStream(Outlet outlet, LongFunction<Future<List<Recorded>>> log, long after, boolean live) {
        this.outlet = outlet;
        this.log = log;
        this.live = live;
        this.last = after;
        this.behind = after >= 0;
    }

    /** Sends what it missed. */
    void start() {
        catchUp();
    }

    void happened(Recorded event) {
        newest = Math.max(newest, event.sequence());
        if (behind || outlet.full()) {
            last = last < 0 ? event.sequence() - 1 : last;
            behind = true;
        } else if (event.sequence() > last) {
            send(event);
        }
    }

    void seen(JsonObject view) {
        if (live && !outlet.full()) {
            outlet.live(view);
        }
    }

    /** The client takes more. */
    void drained() {
        stuck = false;
        catchUp();
    }

    /** Now and then. Answers whether the client took nothing since the time before; then it is cut off. */
    boolean beat() {
        if (!outlet.full()) {
            stuck = false;
            outlet.beat();
            return false;
        }
        if (stuck) {
            outlet.cut();
            return true;
        }
        stuck = true;
        return false;
    }

    void closed() {
        closed = true;
    }

    void end() {
        outlet.end();
    }

    private void catchUp() {
        if (!behind || reading || closed || outlet.full()) {
            return;
        }
        reading = true;
        log.apply(last)
                .onComplete(
                        events -> {
                            reading = false;
                            for (int i = 0; i < events.size() && !closed && !outlet.full(); i++) {
                                if (events.get(i).sequence() > last) {
                                    send(events.get(i));
                                }
                            }
                            if (events.isEmpty()) {
                                behind = false;
                                last = Math.max(last, newest);
                            }
                            catchUp();
                        },
                        trouble -> outlet.cut());
    }

    private void send(Recorded event) {
        last = event.sequence();
        outlet.event(last, EventJson.event(event));
    }
}
