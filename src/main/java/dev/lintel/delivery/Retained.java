package dev.lintel.delivery;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the broker is to keep: the last value of each topic. Values that change go out at once; after each connection all
 * of them do, so that what the broker kept from before is overwritten. Belongs to one event loop.
 */
final class Retained {
    private final MqttLink link;
    private final Map<String, String> values = new LinkedHashMap<>();

    Retained(MqttLink link) {
        this.link = link;
    }

    void set(String topic, String value) {
        if (!value.equals(values.put(topic, value)) && link.connected()) {
            publish(topic, value);
        }
    }

    /** The broker is to keep nothing there any more, whoever put it there. */
    void clear(String topic) {
        values.remove(topic);
        if (link.connected()) {
            publish(topic, "");
        }
    }

    void publishAll() {
        values.forEach(this::publish);
    }

    /** If it does not arrive the connection is lost, and all are published after the next one. */
    private void publish(String topic, String value) {
        link.publish(topic, Buffer.buffer(value), 1, true);
    }
}
