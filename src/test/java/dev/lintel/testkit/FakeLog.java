package dev.lintel.testkit;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.FollowedEvents;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The event log of the store, in memory. Thread-safe. */
final class FakeLog {
    private final List<Recorded> events = new ArrayList<>();

    Future<?> serve(Bus bus) {
        return bus.serve(
                EventMessages.FOLLOW,
                ask -> Future.succeededFuture(Outcome.done(new FollowedEvents(
                        after(ask.after()).stream().limit(ask.limit()).toList()))));
    }

    synchronized Recorded record(Bus bus, DoorEvent event) {
        Recorded recorded = new Recorded(events.size() + 1, true, event);
        events.add(recorded);
        bus.publish(EventMessages.RECORDED, recorded);
        return recorded;
    }

    private synchronized List<Recorded> after(long sequence) {
        return events.stream().filter(event -> event.sequence() > sequence).toList();
    }
}
