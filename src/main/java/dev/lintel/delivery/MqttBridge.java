package dev.lintel.delivery;

import dev.lintel.access.CameraState;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.messages.CameraMessages.ListCameras;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.DoorList;
import dev.lintel.messages.DoorMessages.ListDoors;
import dev.lintel.messages.DoorMessages.UnlockDoor;
import dev.lintel.messages.PeopleMessages;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker knows of doors and cameras: looks after them every few seconds and after each event, keeps their topics
 * up to date, tells Home Assistant of them, and hears its commands where that is allowed. Belongs to one event loop.
 */
final class MqttBridge {
    private static final Logger LOG = LoggerFactory.getLogger(MqttBridge.class);

    /** A lock is open for a few seconds: its state must be seen within that. Two questions inside the JVM cost nothing. */
    private static final Duration ROUND = Duration.ofSeconds(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A picture of now does not belong to an event of before; so nothing old is illustrated after a broker was down. */
    private static final Duration RECENT = Duration.ofSeconds(5);

    private final Bus bus;
    private final MqttConfig config;
    private final MqttLink link;
    private final Timers timers;
    private final InstantSource clock;
    private final StateTopics topics;
    private final Retained retained;
    private final HouseState state;
    private final Discovery discovery;
    private final Announcements announcements;
    private final Set<String> commandable = new HashSet<>();
    private Runnable nextRound = () -> {};
    private Runnable listening = () -> {};
    private Runnable screens = () -> {};

    MqttBridge(
            Bus bus,
            MqttConfig config,
            MqttLink link,
            Naming naming,
            Timers timers,
            InstantSource clock,
            String version) {
        this.bus = bus;
        this.config = config;
        this.link = link;
        this.timers = timers;
        this.clock = clock;
        this.topics = new StateTopics(config.topic());
        this.retained = new Retained(link);
        this.state = new HouseState(topics, naming, retained::set);
        this.discovery = new Discovery(config, topics, link.statusTopic(), version);
        this.announcements = new Announcements(retained, config.topic());
    }

    void start() {
        link.whenConnected(retained::publishAll);
        link.subscribe(discovery.everything(), announcements::heard);
        listening = bus.listen(PeopleMessages.FORGOTTEN, gone -> state.forget(gone.label()));
        screens = new ScreenTopic(link, topics).listen(bus);
        round();
    }

    void stop() {
        screens.run();
        listening.run();
        nextRound.run();
    }

    /** The broker has this event now. */
    void happened(Recorded recorded) {
        state.happened(recorded);
        look();
        String camera = recorded.event().camera();
        boolean recent = recorded.event().at().isAfter(clock.instant().minus(RECENT));
        if (config.allowPicture() && recorded.event().decision() != null && camera != null && recent) {
            bus.ask(CameraMessages.PICTURE, new GetPicture(camera, 0, Deadline.after(TIMEOUT)))
                    .onSuccess(answer -> answer.map(picture -> link.publish(
                            topics.picture(camera), Buffer.buffer(picture.jpeg().bytes()), 0, false)));
        }
    }

    private void round() {
        look();
        nextRound = timers.after(ROUND, this::round);
    }

    /** Entities are announced once doors and cameras have both answered: only then is it known which are gone. */
    private void look() {
        Future<DoorList> doors = answered(bus.ask(DoorMessages.LIST, new ListDoors(Deadline.after(TIMEOUT))))
                .onSuccess(list -> list.doors().forEach(this::door));
        Future<CameraStates> cameras = answered(bus.ask(CameraMessages.LIST, new ListCameras(Deadline.after(TIMEOUT))))
                .onSuccess(list -> list.cameras().forEach(state::camera));
        doors.onSuccess(theirs -> cameras.onSuccess(its -> announce(theirs.doors(), its.cameras())));
    }

    private static <T> Future<T> answered(Future<Outcome<T>> answer) {
        return answer.compose(
                outcome -> outcome.fold(Future::succeededFuture, refusal -> Future.failedFuture(refusal.detail())));
    }

    private void door(DoorStatus door) {
        if (config.allowUnlock() && commandable.add(door.door())) {
            link.subscribe(topics.command(door.door()), message -> commanded(door.door(), message));
        }
        state.door(door);
    }

    private void announce(List<DoorStatus> doors, List<CameraState> cameras) {
        Map<String, JsonObject> entities = new LinkedHashMap<>();
        if (config.homeAssistant()) {
            entities.putAll(discovery.box());
            doors.forEach(door -> entities.putAll(discovery.door(door)));
            cameras.forEach(camera -> entities.putAll(discovery.camera(camera.id())));
        }
        Set<String> used = new HashSet<>(topics.box());
        doors.forEach(door -> used.addAll(topics.of(door)));
        cameras.forEach(camera -> used.add(topics.camera(camera.id())));
        announcements.are(entities, used);
    }

    /** A command that the broker kept is one from before: it would open the door whenever the box connects. */
    private void commanded(String door, MqttPublishMessage message) {
        String command = message.payload().toString(StandardCharsets.UTF_8).strip();
        if (message.isRetain() || !command.equals("UNLOCK")) {
            LOG.warn(
                    "a command to {} over MQTT was not followed: {}",
                    door,
                    message.isRetain() ? "it was retained" : "it is not UNLOCK");
            return;
        }
        bus.ask(DoorMessages.UNLOCK, new UnlockDoor(door, "mqtt", Deadline.after(TIMEOUT)))
                .onFailure(failure -> LOG.error("{} was not opened over MQTT: the door did not answer", door))
                .onComplete(done -> look());
    }
}
