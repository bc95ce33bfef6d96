package dev.lintel.delivery;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Timers;
import dev.lintel.delivery.Sender.Sent;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target and what waits for it: tells it of one event after the other in the order of the log, and settles each once
 * it was told. A target that cannot be reached keeps its own line waiting and no other. What it refuses as wrong goes aside
 * and holds nothing up. Told again after a crash between
 * the telling and the settling, an event has the same id. Belongs to one event loop.
 */
final class TargetLine {
    private static final Logger LOG = LoggerFactory.getLogger(TargetLine.class);

    /** However long a target asks to be left alone. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String name;
    private final Sender sender;
    private final Predicate<DoorEvent> wanted;
    private final Aside aside;
    private final OutboxClient outbox;
    private final Backoff backoff;
    private final Timers timers;
    private final ApplianceMetrics metrics;

    private boolean working;
    private boolean again;
    private boolean closed;
    private Runnable waiting;
    private int failures;
    private long told;

    /** @param giveUpAfter attempts after which an event is dropped that the target refuses as wrong */
    TargetLine(
            String name,
            Sender sender,
            Predicate<DoorEvent> wanted,
            int giveUpAfter,
            OutboxClient outbox,
            Backoff backoff,
            Timers timers,
            ApplianceMetrics metrics) {
        this.name = name;
        this.sender = sender;
        this.wanted = wanted;
        this.aside = new Aside(name, sender, giveUpAfter, backoff, timers, metrics);
        this.outbox = outbox;
        this.backoff = backoff;
        this.timers = timers;
        this.metrics = metrics;
    }

    String name() {
        return name;
    }

    /** There may be something to tell. While it waits after a failure it goes on waiting. */
    void wake() {
        if (working) {
            again = true;
        } else if (waiting == null && !closed && sender.ready()) {
            work();
        }
    }

    /** The target is there again: no more waiting. */
    void resume() {
        stopWaiting();
        wake();
    }

    void close() {
        closed = true;
        aside.close();
        stopWaiting();
    }

    private void work() {
        working = true;
        again = false;
        outbox.take(name)
                .compose(this::tell)
                .onComplete(
                        empty -> {
                            working = false;
                            if (closed || waiting != null) {
                                return;
                            }
                            if (!empty || again) {
                                work();
                            }
                        },
                        trouble -> {
                            working = false;
                            pause("the store did not answer", Duration.ZERO);
                        });
    }

    /** Answers whether nothing was left; after a failure it has begun to wait. */
    private Future<Boolean> tell(List<Recorded> batch) {
        if (batch.isEmpty()) {
            return Future.succeededFuture(true);
        }
        return tell(batch, 0).map(false);
    }

    private Future<Void> tell(List<Recorded> batch, int at) {
        if (at == batch.size() || closed) {
            return at == 0 ? Future.succeededFuture() : settle(batch.get(at - 1));
        }
        Recorded event = batch.get(at);
        if (event.sequence() <= told) {
            return tell(batch, at + 1);
        }
        if (!wanted.test(event.event())) {
            told = event.sequence();
            return tell(batch, at + 1);
        }
        return sender.send(event).compose(sent -> switch (sent.result()) {
            case DELIVERED -> {
                metrics.delivery(name, "delivered");
                yield heard(batch, at);
            }
            case REFUSED -> {
                if (!closed) {
                    aside.put(event, sent);
                }
                yield heard(batch, at);
            }
            case FAILED -> failed(batch, at, sent);
        });
    }

    /** The target is there, whatever it thinks of the event. */
    private Future<Void> heard(List<Recorded> batch, int at) {
        told = batch.get(at).sequence();
        if (failures > 0) {
            LOG.info("{} takes events again, after {} attempts", name, failures);
        }
        failures = 0;
        return settle(batch.get(at)).compose(v -> tell(batch, at + 1));
    }

    private Future<Void> failed(List<Recorded> batch, int at, Sent sent) {
        metrics.delivery(name, "failed");
        pause(sent.why(), sent.rest());
        return at == 0 ? Future.succeededFuture() : settle(batch.get(at - 1));
    }

    private Future<Void> settle(Recorded event) {
        return outbox.settle(name, event.sequence()).mapEmpty();
    }

    private void pause(String why, Duration asked) {
        failures++;
        if (failures == 1) {
            LOG.warn("{} cannot be told of events ({}): they wait", name, why);
        }
        if (closed) {
            return;
        }
        Duration own = backoff.after(failures);
        Duration polite = asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
        stopWaiting();
        waiting = timers.after(own.compareTo(polite) < 0 ? polite : own, () -> {
            waiting = null;
            wake();
        });
    }

    private void stopWaiting() {
        if (waiting != null) {
            waiting.run();
            waiting = null;
        }
    }
}
