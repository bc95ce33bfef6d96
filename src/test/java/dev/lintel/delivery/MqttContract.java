package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.DoorStatus;
import dev.lintel.access.Names;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.PublishMqtt;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.PersonForgotten;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any broker sees of the box. */
abstract class MqttContract {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final FakeOutbox outbox = new FakeOutbox(bus);
    private final FakeHouse house = new FakeHouse();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Broker broker;
    private int port;

    abstract Broker broker(Path folder);

    @BeforeEach
    void start() throws Exception {
        broker = broker(folder);
        port = broker.start();
        await(outbox.serve());
        await(house.serve(bus));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        if (broker != null) { // there is none where it is not installed
            broker.close();
        }
    }

    private String deploy(Names names, boolean commands) throws Exception {
        MqttConfig mqtt = Configs.with(
                Configs.of(MqttConfig.class, "host: 127.0.0.1", "client-id: box", "topic: home/lintel"),
                Map.of("port", port, "names", names, "allowUnlock", commands, "allowPicture", commands));
        DeliveryConfig config = Configs.with(
                Configs.of(DeliveryConfig.class, "retry-from: 50ms", "retry-to: 100ms"),
                Map.of("mqtt", mqtt, "pseudonymKey", folder.resolve("keys/pseudonyms.key")));
        return await(vertx.deployVerticle(
                new DeliveryVerticle(bus, config, InstantSource.system(), new ApplianceMetrics(meters), "1.0")));
    }

    private void happens(String name) {
        outbox.record(Events.granted(name, Events.ANNA, Instant.now()));
    }

    @Test
    void shouldTellOfEventsAndKeepTheLastOnes() throws Exception {
        Watcher watcher = new Watcher(vertx, port);
        deploy(Names.FULL, false);
        watcher.hears("home/lintel/status", "online"::equals);
        happens("1");
        outbox.awaitSettled("mqtt", 1);

        JsonObject event = new JsonObject(
                watcher.hears("home/lintel/events/decision", payload -> true).payload());
        assertThat(event.getString("label")).isEqualTo("Anna Ärger");
        watcher.hears("home/lintel/last_person", "Anna Ärger"::equals);
        watcher.hears("home/lintel/last_seen", event.getString("at")::equals);
        watcher.hears("home/lintel/last_decision", "granted"::equals);
        JsonObject attributes = new JsonObject(
                watcher.hears("home/lintel/last_decision/attributes", payload -> payload.contains("visit"))
                        .payload());
        assertThat(attributes.getString("visit"))
                .isEqualTo(event.getString("visit"))
                .isNotNull();
        assertThat(attributes.getString("label")).isNull();
        assertThat(attributes.containsKey("age_ms")).as("the broker keeps it").isFalse();
        assertThat(event.getLong("age_ms")).isNotNegative();
        watcher.hears("home/lintel/door/main/lock", "LOCKED"::equals);
        watcher.hears("home/lintel/door/main/contact", "CLOSED"::equals);
        watcher.hears("home/lintel/camera/front/state", "ON"::equals);

        Watcher later = new Watcher(vertx, port);
        assertThat(later.hears("home/lintel/last_person", "Anna Ärger"::equals).retained())
                .isTrue();
        assertThat(meters.get("lintel.mqtt.connected").gauge().value()).isEqualTo(1);
    }

    @Test
    void shouldLetNoNameOutWhereIdsAreConfigured() throws Exception {
        Watcher watcher = new Watcher(vertx, port);
        deploy(Names.IDS, true);
        happens("1");
        outbox.awaitSettled("mqtt", 1);
        String id = new JsonObject(watcher.hears("home/lintel/events/decision", payload -> true)
                        .payload())
                .getString("label");
        watcher.hears("home/lintel/last_person", id::equals);

        assertThat(watcher.messages())
                .noneMatch(message ->
                        message.payload().contains("Anna") || message.topic().contains("Anna"));
    }

    @Test
    void shouldBeFoundByHomeAssistant() throws Exception {
        deploy(Names.IDS, false);
        Watcher watcher = new Watcher(vertx, port);
        for (String topic : List.of(
                "sensor/box/last_person",
                "sensor/box/last_seen",
                "sensor/box/last_decision",
                "binary_sensor/box/main_lock",
                "binary_sensor/box/main_contact",
                "binary_sensor/box/main_held_open",
                "binary_sensor/box/front_camera")) {
            JsonObject entity = new JsonObject(watcher.hears("homeassistant/" + topic + "/config", payload -> true)
                    .payload());
            assertThat(entity.getString("unique_id")).startsWith("box_");
            assertThat(entity.getString("state_topic")).startsWith("home/lintel/");
            assertThat(entity.getJsonArray("availability").getJsonObject(0).getString("topic"))
                    .isEqualTo("home/lintel/status");
            assertThat(entity.getJsonObject("device")
                            .getJsonArray("identifiers")
                            .getString(0))
                    .isEqualTo("lintel_box");
        }
        assertThat(watcher.messages()).noneMatch(message -> message.topic().startsWith("homeassistant/lock"));
    }

    @Test
    void shouldAnnounceOnlyWhatADoorHas() throws Exception {
        house.lock = DoorStatus.LockState.NONE;
        house.sensor = DoorStatus.Sensor.NONE;
        deploy(Names.IDS, false);
        Watcher watcher = new Watcher(vertx, port);
        watcher.hears("homeassistant/event/box/main_event/config", payload -> true);
        watcher.hears("homeassistant/binary_sensor/box/front_camera/config", payload -> true);

        assertThat(watcher.messages())
                .extracting(Watcher.Message::topic)
                .noneMatch(topic -> topic.contains("main_lock") || topic.contains("main_contact"))
                .noneMatch(topic -> topic.contains("main_held_open") || topic.startsWith("home/lintel/door/"));
    }

    @Test
    void shouldClearEntitiesOfDoorsAndCamerasThatAreGone() throws Exception {
        house.doors = List.of("main", "back");
        house.cameras = List.of("front", "yard");
        String before = deploy(Names.IDS, false);
        Watcher watcher = new Watcher(vertx, port);
        watcher.hears("homeassistant/binary_sensor/box/yard_camera/config", payload -> true);
        watcher.hears("homeassistant/binary_sensor/box/back_lock/config", payload -> true);
        watcher.hears("home/lintel/door/back/lock", "LOCKED"::equals);
        watcher.publish("homeassistant/sensor/other/last_person/config", "{}", true);
        await(vertx.undeploy(before));

        house.doors = List.of("main");
        house.cameras = List.of("front");
        deploy(Names.IDS, false);

        for (String gone : List.of(
                "homeassistant/binary_sensor/box/yard_camera/config",
                "homeassistant/binary_sensor/box/back_lock/config",
                "homeassistant/binary_sensor/box/back_contact/config",
                "homeassistant/event/box/back_event/config",
                "home/lintel/door/back/lock",
                "home/lintel/camera/yard/state")) {
            watcher.hears(gone, String::isEmpty);
        }
        Watcher later = new Watcher(vertx, port);
        later.hears("homeassistant/binary_sensor/box/main_lock/config", payload -> true);
        later.hears("home/lintel/door/main/lock", "LOCKED"::equals);
        later.hears("homeassistant/sensor/other/last_person/config", "{}"::equals);
        assertThat(later.messages())
                .extracting(Watcher.Message::topic)
                .noneMatch(topic -> topic.contains("back") || topic.contains("yard"));
    }

    @Test
    void shouldFireTwiceWhereTheSamePersonComesTwice() throws Exception {
        deploy(Names.FULL, false);
        Watcher watcher = new Watcher(vertx, port);
        JsonObject entity = new JsonObject(watcher.hears("homeassistant/event/box/main_event/config", payload -> true)
                .payload());
        happens("1");
        happens("2");
        outbox.awaitSettled("mqtt", 2);

        String topic = entity.getString("state_topic");
        watcher.hears(topic, payload -> new JsonObject(payload).getInteger("sequence") == 2);
        assertThat(watcher.messages())
                .filteredOn(message -> message.topic().equals(topic))
                .hasSize(2)
                .allMatch(message -> entity.getJsonArray("event_types")
                        .contains(new JsonObject(message.payload()).getString("event_type")))
                .allMatch(message ->
                        new JsonObject(message.payload()).getString("label").equals("Anna Ärger"));
        Watcher later = new Watcher(vertx, port);
        later.hears("home/lintel/last_person", "Anna Ärger"::equals);
        assertThat(later.messages())
                .as("an event is not kept")
                .noneMatch(message -> message.topic().equals(topic));
    }

    @Test
    void shouldOpenTheDoorOnCommandWhereThatIsAllowed() throws Exception {
        Watcher watcher = new Watcher(vertx, port);
        deploy(Names.IDS, true);
        JsonObject lock = new JsonObject(watcher.hears("homeassistant/lock/box/main/config", payload -> true)
                .payload());
        watcher.hears("home/lintel/door/main/lock", "LOCKED"::equals);

        watcher.publish(lock.getString("command_topic"), lock.getString("payload_lock"), false);
        watcher.publish(lock.getString("command_topic"), lock.getString("payload_unlock"), false);

        assertThat(house.unlocked.poll(20, TimeUnit.SECONDS)).isEqualTo("main by mqtt");
        watcher.hears("home/lintel/door/main/lock", "UNLOCKED"::equals);
        assertThat(house.lock).isEqualTo(DoorStatus.LockState.UNLOCKED);
        assertThat(house.unlocked).isEmpty();
    }

    @Test
    void shouldNotFollowACommandThatTheBrokerKept() throws Exception {
        Watcher watcher = new Watcher(vertx, port);
        watcher.publish("home/lintel/door/main/set", "UNLOCK", true);
        deploy(Names.IDS, true);
        watcher.hears("home/lintel/door/main/lock", "LOCKED"::equals);
        watcher.publish("home/lintel/door/main/set", "UNLOCK", false);

        assertThat(house.unlocked.poll(20, TimeUnit.SECONDS)).isEqualTo("main by mqtt");
        assertThat(house.unlocked).isEmpty();
    }

    @Test
    void shouldNotHearCommandsWhereTheyAreNotAllowed() throws Exception {
        Watcher watcher = new Watcher(vertx, port);
        deploy(Names.IDS, false);
        watcher.hears("home/lintel/door/main/lock", "LOCKED"::equals);
        watcher.publish("home/lintel/door/main/set", "UNLOCK", false);
        happens("1");
        outbox.awaitSettled("mqtt", 1);

        assertThat(house.unlocked).isEmpty();
    }

    @Test
    void shouldTakeBackTheNameOfSomebodyWhoWasDeleted() throws Exception {
        deploy(Names.FULL, false);
        happens("1");
        outbox.awaitSettled("mqtt", 1);
        Watcher watcher = new Watcher(vertx, port);
        watcher.hears("home/lintel/last_person", "Anna Ärger"::equals);

        bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(Events.BO));
        bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(Events.ANNA));
        watcher.hears("home/lintel/last_person", "None"::equals);
        watcher.hears("home/lintel/last_person/attributes", "{}"::equals);

        Watcher later = new Watcher(vertx, port);
        later.hears("home/lintel/last_decision", "granted"::equals);
        assertThat(later.messages())
                .noneMatch(message -> message.retained() && message.payload().contains("Anna"));
    }

    @Test
    void shouldTakeBackTheNameOfBeforeARestart() throws Exception {
        String before = deploy(Names.FULL, false);
        happens("1");
        outbox.awaitSettled("mqtt", 1);
        Watcher watcher = new Watcher(vertx, port);
        watcher.hears("home/lintel/last_person", "Anna Ärger"::equals);
        await(vertx.undeploy(before));
        watcher.hears("home/lintel/status", "offline"::equals);

        deploy(Names.FULL, false);

        watcher.hears("home/lintel/last_person", "None"::equals);
    }

    @Test
    void shouldShowThePictureOnlyWhereThatIsAllowed() throws Exception {
        Watcher watcher = new Watcher(vertx, port);
        String before = deploy(Names.IDS, false);
        happens("1");
        outbox.awaitSettled("mqtt", 1);
        await(vertx.undeploy(before));
        assertThat(watcher.messages()).noneMatch(message -> message.payload().equals("a picture"));

        deploy(Names.IDS, true);
        happens("2");

        assertThat(watcher.hears("home/lintel/camera/front/picture", payload -> true)
                        .payload())
                .isEqualTo("a picture");
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTheBrokerIsKilled() throws Exception {
        deploy(Names.FULL, false);
        Watcher before = new Watcher(vertx, port);
        for (int i = 0; i < 3; i++) {
            happens("before " + i);
        }
        outbox.awaitSettled("mqtt", 3);

        broker.kill();
        for (int i = 0; i < 5; i++) {
            happens("meanwhile " + i);
        }
        assertThat(outbox.settled("mqtt")).isEqualTo(3);
        broker.start();
        outbox.awaitSettled("mqtt", 8);
        Watcher after = new Watcher(vertx, port);
        happens("after");
        outbox.awaitSettled("mqtt", 9);

        after.hears("home/lintel/events/decision", payload -> new JsonObject(payload).getInteger("sequence") == 9);
        assertThat(before.messages())
                .filteredOn(message -> message.topic().equals("home/lintel/events/decision"))
                .extracting(message -> new JsonObject(message.payload()).getInteger("sequence"))
                .containsExactly(1, 2, 3);
        assertThat(meters.get("lintel.deliveries")
                        .tag("outcome", "delivered")
                        .counter()
                        .count())
                .isEqualTo(9);
        assertThat(after.hears("home/lintel/status", "online"::equals).retained())
                .isTrue();
    }

    @Test
    void shouldPublishForOthersNowOrNever() throws Exception {
        deploy(Names.IDS, false);
        Watcher watcher = new Watcher(vertx, port);
        watcher.hears("home/lintel/status", "online"::equals);

        assertThat(await(bus.ask(DeliveryMessages.MQTT_PUBLISH, ask("relay/1"))))
                .isEqualTo(Outcome.done(true));
        watcher.hears("relay/1", "OPEN"::equals);

        broker.kill();
        assertThatThrownBy(() -> await(bus.ask(DeliveryMessages.MQTT_PUBLISH, ask("relay/2"))))
                .hasMessageContaining("broker");
        broker.start();
        Watcher after = new Watcher(vertx, port);
        happens("1");
        outbox.awaitSettled("mqtt", 1);
        after.hears("home/lintel/events/decision", payload -> true);

        assertThat(after.messages()).noneMatch(message -> message.topic().equals("relay/2"));
    }

    private static PublishMqtt ask(String topic) {
        return new PublishMqtt(topic, "OPEN", 1, false, Deadline.after(Duration.ofSeconds(10)));
    }
}
