package dev.lintel.messages;

import dev.lintel.access.Recorded;
import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** Events on their way to others: the outbox is answered by the store, MQTT by this box. */
public final class DeliveryMessages {
    /** Delivery: to the MQTT broker; true once the broker has it as far as the quality of service says. */
    public static final Address<PublishMqtt, Boolean> MQTT_PUBLISH = Address.box("delivery.mqtt-publish");

    /** Store: who is to be told of events. */
    public static final Address<SetTargets, Outbox> SET_TARGETS = Address.house("store.set-targets");

    /** Store: what one target has not been told yet. */
    public static final Address<TakeDeliveries, Deliveries> TAKE_DELIVERIES = Address.house("store.take-deliveries");

    /** Store: a target knows everything up to there. */
    public static final Address<SettleDeliveries, Outbox.Backlog> SETTLE_DELIVERIES =
            Address.house("store.settle-deliveries");

    /** Store: how much waits for whom. */
    public static final Address<OutboxStatus, Outbox> OUTBOX = Address.house("store.outbox");

    /**
     * Publish this to the configured MQTT broker. Refused if none is configured; fails if it cannot be reached in time, and is
     * then not sent later: a lock that opens when the broker comes back is worse than one that stays shut.
     *
     * @param qos 0, 1 or 2
     * @param retain whether the broker keeps it for those who subscribe later
     */
    public record PublishMqtt(String topic, String payload, int qos, boolean retain, Deadline deadline)
            implements Message {}

    /**
     * These are to be told of events. One that is new hears of what is recorded from now on; one that is known goes on where
     * it was; what waits for any other is dropped.
     *
     * @param targets their names in the configuration
     */
    public record SetTargets(List<String> targets, Deadline deadline) implements Message {
        public SetTargets {
            targets = List.copyOf(targets);
        }
    }

    /**
     * What has this target not been told yet? Asking changes nothing: what is not settled is answered again, also after a
     * restart. Unknown targets have nothing waiting.
     *
     * @param target its name in the configuration
     * @param limit most events to answer, at least 1
     */
    public record TakeDeliveries(String target, int limit, Deadline deadline) implements Message {}

    /**
     * What a target has not been told yet.
     *
     * @param events oldest first, without gaps; empty if it knows everything
     */
    public record Deliveries(String target, List<Recorded> events) implements Serializable {
        public Deliveries {
            events = List.copyOf(events);
        }
    }

    /**
     * A target has been told, or need not be told, of everything up to this place in the log. Settling again changes nothing.
     *
     * @param target its name in the configuration
     * @param upTo sequence of the last event that is settled
     */
    public record SettleDeliveries(String target, long upTo, Deadline deadline) implements Message {}

    /** How much waits for each target? */
    public record OutboxStatus(Deadline deadline) implements Message {}

    /**
     * What waits to be told, durably.
     *
     * @param targets all that the store knows, in any order
     */
    public record Outbox(List<Backlog> targets) implements Serializable {

        /**
         * @param target its name in the configuration
         * @param waiting events that it has not been told of, those included that it will not want
         * @param oldest when the first of them happened; null if none waits
         */
        public record Backlog(String target, long waiting, Instant oldest) implements Serializable {}

        public Outbox {
            targets = List.copyOf(targets);
        }
    }

    private DeliveryMessages() {}
}
