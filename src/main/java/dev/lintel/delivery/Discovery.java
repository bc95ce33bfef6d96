package dev.lintel.delivery;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.EventDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Home Assistant is told so that it finds the box: one configuration for each entity, retained under its discovery
 * prefix. See Home Assistant's documentation of MQTT discovery. Immutable.
 */
final class Discovery {
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_-]");

    /** What can happen at a door: a verdict, or the kind of another event. */
    private static final List<String> HAPPENINGS = Stream.concat(
                    Arrays.stream(Decision.Verdict.values()),
                    Arrays.stream(DoorEvent.Kind.values())
                            .filter(kind -> kind != DoorEvent.Kind.DECISION && kind != DoorEvent.Kind.ACT))
            .map(EventDocument::word)
            .toList();

    private final MqttConfig config;
    private final StateTopics topics;
    private final String statusTopic;
    private final String version;

    Discovery(MqttConfig config, StateTopics topics, String statusTopic, String version) {
        this.config = config;
        this.topics = topics;
        this.statusTopic = statusTopic;
        this.version = version;
    }

    /** The entities of the box itself, by the topic of their configuration. */
    Map<String, JsonObject> box() {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        add(
                all,
                "sensor",
                "last_person",
                new JsonObject()
                        .put("name", "Last person")
                        .put("icon", "mdi:account")
                        .put("state_topic", topics.lastPerson())
                        .put("json_attributes_topic", topics.lastPersonAttributes()));
        add(
                all,
                "sensor",
                "last_seen",
                new JsonObject()
                        .put("name", "Last seen")
                        .put("device_class", "timestamp")
                        .put("state_topic", topics.lastSeen()));
        add(
                all,
                "sensor",
                "last_decision",
                new JsonObject()
                        .put("name", "Last decision")
                        .put("icon", "mdi:gavel")
                        .put("state_topic", topics.lastDecision())
                        .put("json_attributes_topic", topics.lastDecisionAttributes()));
        return all;
    }

    /**
     * Those of a door, of what it has: a lock where it may be opened over MQTT, else only whether it is locked; its contact; what
     * happens at it.
     */
    Map<String, JsonObject> door(DoorStatus status) {
        String door = status.door();
        Map<String, JsonObject> all = new LinkedHashMap<>();
        add(
                all,
                "event",
                door + "_event",
                new JsonObject()
                        .put("name", door + " event")
                        .put("icon", "mdi:door")
                        .put("state_topic", topics.happenings(door))
                        .put("event_types", new JsonArray(HAPPENINGS)));
        if (status.lock() != DoorStatus.LockState.NONE) {
            lock(all, door);
        }
        if (status.sensor() != DoorStatus.Sensor.NONE) {
            contact(all, door);
        }
        return all;
    }

    private void lock(Map<String, JsonObject> all, String door) {
        if (config.allowUnlock()) {
            add(
                    all,
                    "lock",
                    door,
                    new JsonObject()
                            .put("name", door + " lock")
                            .put("state_topic", topics.lock(door))
                            .put("command_topic", topics.command(door))
                            .put("payload_unlock", "UNLOCK")
                            .put("payload_lock", "LOCK")
                            .put("state_locked", "LOCKED")
                            .put("state_unlocked", "UNLOCKED")
                            .put("state_jammed", "JAMMED"));
        } else {
            add(
                    all,
                    "binary_sensor",
                    door + "_lock",
                    new JsonObject()
                            .put("name", door + " lock")
                            .put("device_class", "lock")
                            .put("state_topic", topics.lock(door))
                            .put("payload_on", "UNLOCKED")
                            .put("payload_off", "LOCKED"));
        }
    }

    private void contact(Map<String, JsonObject> all, String door) {
        add(
                all,
                "binary_sensor",
                door + "_contact",
                new JsonObject()
                        .put("name", door)
                        .put("device_class", "door")
                        .put("state_topic", topics.contact(door))
                        .put("payload_on", "OPEN")
                        .put("payload_off", "CLOSED"));
        add(
                all,
                "binary_sensor",
                door + "_held_open",
                new JsonObject()
                        .put("name", door + " held open")
                        .put("device_class", "problem")
                        .put("state_topic", topics.heldOpen(door)));
    }

    Map<String, JsonObject> camera(String camera) {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        add(
                all,
                "binary_sensor",
                camera + "_camera",
                new JsonObject()
                        .put("name", camera + " camera")
                        .put("device_class", "connectivity")
                        .put("state_topic", topics.camera(camera)));
        if (config.allowPicture()) {
            add(
                    all,
                    "camera",
                    camera + "_picture",
                    new JsonObject().put("name", camera + " picture").put("topic", topics.picture(camera)));
        }
        return all;
    }

    /** Which of the {@link #HAPPENINGS} an event is. */
    static String happening(DoorEvent event) {
        return EventDocument.word(
                event.decision() == null ? event.kind() : event.decision().verdict());
    }

    /** Where the configurations of this box's entities are, whatever their kind and name. */
    String everything() {
        return config.discoveryPrefix() + "/+/" + config.clientId() + "/+/config";
    }

    private void add(Map<String, JsonObject> all, String component, String object, JsonObject entity) {
        String id = UNFIT.matcher(object).replaceAll("_");
        String node = config.clientId();
        entity.put("unique_id", node + "_" + id + "_" + component)
                .put("availability", new JsonArray().add(new JsonObject().put("topic", statusTopic)))
                .put(
                        "device",
                        new JsonObject()
                                .put("identifiers", new JsonArray().add("lintel_" + node))
                                .put("name", node)
                                .put("manufacturer", "Lintel")
                                .put("model", "Face recognition at a door")
                                .put("sw_version", version))
                .put("origin", new JsonObject().put("name", "Lintel").put("sw", version));
        all.put(config.discoveryPrefix() + "/" + component + "/" + node + "/" + id + "/config", entity);
    }
}
