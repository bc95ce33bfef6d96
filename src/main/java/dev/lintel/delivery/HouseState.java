package dev.lintel.delivery;

import dev.lintel.access.CameraState;
import dev.lintel.access.Decision;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.EventDocument;
import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import dev.lintel.face.Label;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * How doors, cameras and the last visit are, as the values of topics that the broker keeps. It begins with nobody: what the
 * broker kept from before a restart is overwritten, because the person may have been deleted meanwhile. Belongs to one
 * event loop.
 */
final class HouseState {
    /** What Home Assistant takes for "unknown". */
    private static final String NOTHING = "None";

    /** Somebody whom the vote did not name. */
    private static final String STRANGER = "unknown";

    private final StateTopics topics;
    private final Naming naming;
    private final BiConsumer<String, String> keep;
    private Label lastPerson;

    /** @param keep topic and value that the broker is to keep from now on */
    HouseState(StateTopics topics, Naming naming, BiConsumer<String, String> keep) {
        this.topics = topics;
        this.naming = naming;
        this.keep = keep;
        nobody();
        keep.accept(topics.lastSeen(), NOTHING);
        keep.accept(topics.lastDecision(), NOTHING);
        keep.accept(topics.lastDecisionAttributes(), "{}");
    }

    /** Somebody was decided about. Other events change nothing here. */
    void happened(Recorded recorded) {
        Decision decision = recorded.event().decision();
        if (decision == null) {
            return;
        }
        keep.accept(topics.lastDecision(), EventDocument.word(decision.verdict()));
        keep.accept(topics.lastDecisionAttributes(), attributes(recorded, Naming.NONE));
        if (decision.sighting() == null && decision.person() == null) {
            return;
        }
        lastPerson = decision.person();
        String person = naming.of(lastPerson);
        keep.accept(topics.lastPerson(), person == null ? STRANGER : person);
        keep.accept(topics.lastPersonAttributes(), attributes(recorded, naming));
        keep.accept(topics.lastSeen(), decision.at().toString());
    }

    /** The event's document, without its age: the broker keeps it. */
    private static String attributes(Recorded recorded, Naming naming) {
        Map<String, Object> document =
                EventDocument.write(recorded, naming, recorded.event().at());
        document.remove("age_ms");
        return new JsonObject(document).encode();
    }

    /** Nobody is called that any more. */
    void forget(Label label) {
        if (label.equals(lastPerson)) {
            nobody();
        }
    }

    /** Nothing is kept of what the door does not have. */
    void door(DoorStatus door) {
        String lock = switch (door.lock()) {
            case LOCKED -> "LOCKED";
            case UNLOCKED -> "UNLOCKED";
            case FAILED -> "JAMMED";
            case NONE -> NOTHING;
        };
        String contact = switch (door.sensor()) {
            case OPEN -> "OPEN";
            case CLOSED -> "CLOSED";
            case UNKNOWN, NONE -> NOTHING;
        };
        if (door.lock() != DoorStatus.LockState.NONE) {
            keep.accept(topics.lock(door.door()), lock);
        }
        if (door.sensor() != DoorStatus.Sensor.NONE) {
            keep.accept(topics.contact(door.door()), contact);
            keep.accept(topics.heldOpen(door.door()), door.heldOpen() ? "ON" : "OFF");
        }
    }

    void camera(CameraState camera) {
        keep.accept(topics.camera(camera.id()), camera.state() == CameraState.State.LIVE ? "ON" : "OFF");
    }

    private void nobody() {
        lastPerson = null;
        keep.accept(topics.lastPerson(), NOTHING);
        keep.accept(topics.lastPersonAttributes(), "{}");
    }
}
