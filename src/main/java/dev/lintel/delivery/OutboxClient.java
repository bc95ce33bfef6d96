package dev.lintel.delivery;

import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.Deliveries;
import dev.lintel.messages.DeliveryMessages.Outbox;
import dev.lintel.messages.DeliveryMessages.OutboxStatus;
import dev.lintel.messages.DeliveryMessages.SetTargets;
import dev.lintel.messages.DeliveryMessages.SettleDeliveries;
import dev.lintel.messages.DeliveryMessages.TakeDeliveries;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The outbox in the store. A refusal is a failure here: nothing that is asked depends on a caller. */
final class OutboxClient {
    /** Longer than the store's slowest transaction; what is late is asked again anyway. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Held in memory at once for each target. */
    private static final int BATCH = 50;

    private final Bus bus;
    private final Map<String, Outbox.Backlog> backlogs = new ConcurrentHashMap<>();

    OutboxClient(Bus bus) {
        this.bus = bus;
    }

    /** What waited for a target when the store last said so. Thread-safe. */
    Optional<Outbox.Backlog> known(String target) {
        return Optional.ofNullable(backlogs.get(target));
    }

    Future<Outbox> setTargets(List<String> targets) {
        return bus.ask(DeliveryMessages.SET_TARGETS, new SetTargets(targets, patience()))
                .compose(OutboxClient::value)
                .onSuccess(all -> all.targets().forEach(this::remember));
    }

    Future<List<Recorded>> take(String target) {
        return bus.ask(DeliveryMessages.TAKE_DELIVERIES, new TakeDeliveries(target, BATCH, patience()))
                .compose(OutboxClient::value)
                .map(Deliveries::events);
    }

    Future<Outbox.Backlog> settle(String target, long upTo) {
        return bus.ask(DeliveryMessages.SETTLE_DELIVERIES, new SettleDeliveries(target, upTo, patience()))
                .compose(OutboxClient::value)
                .onSuccess(this::remember);
    }

    Future<Outbox> status() {
        return bus.ask(DeliveryMessages.OUTBOX, new OutboxStatus(patience()))
                .compose(OutboxClient::value)
                .onSuccess(all -> all.targets().forEach(this::remember));
    }

    private void remember(Outbox.Backlog backlog) {
        backlogs.put(backlog.target(), backlog);
    }

    private static Deadline patience() {
        return Deadline.after(TIMEOUT);
    }

    private static <T> Future<T> value(Outcome<T> outcome) {
        return outcome.fold(Future::succeededFuture, refusal -> Future.failedFuture("the store: " + refusal.detail()));
    }
}
