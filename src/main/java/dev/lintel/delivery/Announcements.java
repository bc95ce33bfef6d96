package dev.lintel.delivery;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The entities that Home Assistant is told of. What the broker kept from before and is no longer announced is cleared, with the
 * state that belongs to it. Belongs to one event loop.
 */
final class Announcements {
    private final Retained retained;
    private final String base;
    /** The broker's, by topic. */
    private final Map<String, String> kept = new HashMap<>();

    private Set<String> announced;
    private Set<String> used = Set.of();

    /** @param base before every topic of the box's state */
    Announcements(Retained retained, String base) {
        this.retained = retained;
        this.base = base;
    }

    /**
     * All that there are.
     *
     * @param entities configurations by topic
     * @param used topics of state that belong to something of the box, announced or not
     */
    void are(Map<String, JsonObject> entities, Set<String> used) {
        announced = Set.copyOf(entities.keySet());
        this.used = used;
        entities.forEach((topic, entity) -> {
            String text = entity.encode();
            kept.put(topic, text);
            retained.set(topic, text);
        });
        new HashSet<>(kept.keySet()).forEach(this::clearIfGone);
    }

    /** The broker kept this. What arrives later is what the box says itself. */
    void heard(MqttPublishMessage message) {
        if (message.isRetain() && message.payload().length() > 0) {
            kept.putIfAbsent(message.topicName(), message.payload().toString());
            clearIfGone(message.topicName());
        }
    }

    private void clearIfGone(String topic) {
        if (announced == null || announced.contains(topic)) {
            return;
        }
        String entity = kept.remove(topic);
        retained.clear(topic);
        try {
            String state = new JsonObject(entity).getString("state_topic", "");
            if (state.startsWith(base + "/") && !used.contains(state)) {
                retained.clear(state);
            }
        } catch (DecodeException | ClassCastException e) {
            // Somebody else's text at our topic: it is cleared, and says of no state.
        }
    }
}
