package dev.lintel.delivery;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.Deliveries;
import dev.lintel.messages.DeliveryMessages.Outbox;
import dev.lintel.messages.EventMessages;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The store's outbox on the bus: outlives whoever delivers. Thread-safe. */
final class FakeOutbox {
    private final Bus bus;
    private final List<Recorded> log = new ArrayList<>();
    private final Map<String, Long> settled = new HashMap<>();
    private final Map<String, Map<Long, CompletableFuture<Void>>> waiting = new HashMap<>();
    private int brokenSettlements;

    FakeOutbox(Bus bus) {
        this.bus = bus;
    }

    Future<?> serve() {
        return Future.all(List.of(
                bus.serve(DeliveryMessages.SET_TARGETS, ask -> done(set(ask.targets()))),
                bus.serve(DeliveryMessages.TAKE_DELIVERIES, ask -> done(take(ask.target(), ask.limit()))),
                bus.serve(DeliveryMessages.SETTLE_DELIVERIES, ask -> settle(ask.target(), ask.upTo())),
                bus.serve(DeliveryMessages.OUTBOX, ask -> done(status()))));
    }

    synchronized Recorded record(DoorEvent event) {
        Recorded recorded = new Recorded(log.size() + 1, true, event);
        log.add(recorded);
        bus.publish(EventMessages.RECORDED, recorded);
        return recorded;
    }

    synchronized Outbox set(List<String> targets) {
        targets.forEach(target -> settled.putIfAbsent(target, (long) log.size()));
        settled.keySet().retainAll(targets);
        return status();
    }

    /** The next settlements fail. */
    synchronized void breakSettlements(int count) {
        brokenSettlements = count;
    }

    synchronized long settled(String target) {
        return settled.get(target);
    }

    /** Waits until the target has been told of everything up to there. */
    void awaitSettled(String target, long upTo) throws Exception {
        CompletableFuture<Void> there;
        synchronized (this) {
            if (settled.getOrDefault(target, 0L) >= upTo) {
                return;
            }
            there = waiting.computeIfAbsent(target, t -> new HashMap<>())
                    .computeIfAbsent(upTo, u -> new CompletableFuture<>());
        }
        try {
            there.get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(target + " was not told of " + upTo + ", only of " + settled(target), e);
        }
    }

    private synchronized Deliveries take(String target, int limit) {
        Long from = settled.get(target);
        return new Deliveries(
                target,
                from == null
                        ? List.of()
                        : log.stream()
                                .filter(event -> event.sequence() > from)
                                .limit(limit)
                                .toList());
    }

    private synchronized Future<Outcome<Outbox.Backlog>> settle(String target, long upTo) {
        if (brokenSettlements > 0) {
            brokenSettlements--;
            return Future.failedFuture("the disk is full");
        }
        settled.merge(target, upTo, Math::max);
        waiting.getOrDefault(target, Map.of()).forEach((wanted, there) -> {
            if (wanted <= upTo) {
                there.complete(null);
            }
        });
        return done(backlog(target));
    }

    private synchronized Outbox status() {
        return new Outbox(settled.keySet().stream().map(this::backlog).toList());
    }

    private Outbox.Backlog backlog(String target) {
        List<Recorded> left = log.stream()
                .filter(event -> event.sequence() > settled.get(target))
                .toList();
        Instant oldest = left.isEmpty() ? null : left.get(0).event().at();
        return new Outbox.Backlog(target, left.size(), oldest);
    }

    private static <R> Future<Outcome<R>> done(R answer) {
        return Future.succeededFuture(Outcome.done(answer));
    }
}
