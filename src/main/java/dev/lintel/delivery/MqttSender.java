package dev.lintel.delivery;

import dev.lintel.access.EventDocument;
import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * The broker as a target: each event as JSON at {@code TOPIC/events/KIND}, and where Home Assistant listens once more at
 * {@code TOPIC/door/DOOR/event}.
 */
final class MqttSender implements Sender {
    private final MqttConfig config;
    private final MqttLink link;
    private final Naming naming;
    private final InstantSource clock;
    private final Consumer<Recorded> afterwards;

    /** @param afterwards what else follows from an event that the broker has */
    MqttSender(MqttConfig config, MqttLink link, Naming naming, InstantSource clock, Consumer<Recorded> afterwards) {
        this.config = config;
        this.link = link;
        this.naming = naming;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    @Override
    public boolean ready() {
        return link.connected();
    }

    @Override
    public Future<Sent> send(Recorded event) {
        JsonObject message = new JsonObject(EventDocument.write(event, naming, clock.instant()));
        return link.publish(
                        config.topic() + "/events/" + message.getString("kind"),
                        message.toBuffer(),
                        config.qos(),
                        false)
                .compose(v -> happening(event, message))
                .map(v -> {
                    afterwards.accept(event);
                    return Sent.delivered();
                })
                .otherwise(failure -> Sent.failed("the broker is not connected", Duration.ZERO));
    }

    /** It has no state: the same person twice is two of them. */
    private Future<Void> happening(Recorded event, JsonObject message) {
        if (!config.homeAssistant() || event.event().door() == null) {
            return Future.succeededFuture();
        }
        return link.publish(
                new StateTopics(config.topic()).happenings(event.event().door()),
                message.copy()
                        .put("event_type", Discovery.happening(event.event()))
                        .toBuffer(),
                config.qos(),
                false);
    }
}
