package dev.lintel.delivery;

import dev.lintel.access.Recorded;
import dev.lintel.bus.Timers;
import dev.lintel.delivery.Sender.Sent;
import dev.lintel.metrics.ApplianceMetrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that a target refused as wrong. Each is told some more times, longer and longer after one another, while the target
 * hears of everything else; then it is given up. What waits here when the box stops is given up too. Belongs to one event
 * loop.
 */
final class Aside {
    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

    /** Of a target that refuses everything. A busy door has so many events in an hour; all attempts take minutes. */
    private static final int MOST = 100;

    private final String name;
    private final Sender sender;
    private final int attempts;
    private final Backoff backoff;
    private final Timers timers;
    private final ApplianceMetrics metrics;
    private final Map<Recorded, Runnable> waiting = new LinkedHashMap<>();

    /** @param attempts how often an event is told in all */
    Aside(String name, Sender sender, int attempts, Backoff backoff, Timers timers, ApplianceMetrics metrics) {
        this.name = name;
        this.sender = sender;
        this.attempts = attempts;
        this.backoff = backoff;
        this.timers = timers;
        this.metrics = metrics;
    }

    /** It was refused for the first time. */
    void put(Recorded event, Sent refusal) {
        if (waiting.size() == MOST) {
            Map.Entry<Recorded, Runnable> oldest = waiting.entrySet().iterator().next();
            oldest.getValue().run();
            waiting.remove(oldest.getKey());
            giveUp(oldest.getKey(), "too many are refused");
        }
        refused(event, 1, refusal);
    }

    void close() {
        waiting.values().forEach(Runnable::run);
        if (!waiting.isEmpty()) {
            LOG.warn("{} events that {} refused are given up: the box stops", waiting.size(), name);
        }
        waiting.clear();
    }

    private void refused(Recorded event, int refusals, Sent sent) {
        metrics.delivery(name, "refused");
        if (refusals >= attempts) {
            waiting.remove(event);
            giveUp(event, sent.why());
        } else {
            again(event, refusals, sent.rest());
        }
    }

    private void again(Recorded event, int refusals, Duration asked) {
        Duration own = backoff.after(refusals);
        Duration wait = own.compareTo(asked) < 0 ? asked : own;
        waiting.put(event, timers.after(wait, () -> tell(event, refusals)));
    }

    private void tell(Recorded event, int refusals) {
        sender.send(event).onSuccess(sent -> {
            if (!waiting.containsKey(event)) {
                return;
            }
            switch (sent.result()) {
                case DELIVERED -> {
                    waiting.remove(event);
                    metrics.delivery(name, "delivered");
                }
                case REFUSED -> refused(event, refusals + 1, sent);
                case FAILED -> again(event, refusals, sent.rest());
            }
        });
    }

    private void giveUp(Recorded event, String why) {
        LOG.warn("{} refused event {} ({}): given up", name, event.event().id(), why);
        metrics.delivery(name, "given_up");
    }
}
