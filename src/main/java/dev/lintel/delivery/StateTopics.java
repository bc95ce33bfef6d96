package dev.lintel.delivery;

import dev.lintel.access.DoorStatus;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the broker keeps how things are.
 *
 * @param base before every topic
 */
record StateTopics(String base) {

    String lastPerson() {
        return base + "/last_person";
    }

    String lastPersonAttributes() {
        return base + "/last_person/attributes";
    }

    String lastSeen() {
        return base + "/last_seen";
    }

    String lastDecision() {
        return base + "/last_decision";
    }

    String lastDecisionAttributes() {
        return base + "/last_decision/attributes";
    }

    /** {@code LOCKED}, {@code UNLOCKED}, {@code JAMMED}. */
    String lock(String door) {
        return door(door) + "/lock";
    }

    /** {@code UNLOCK} here opens the door, if that is allowed. */
    String command(String door) {
        return door(door) + "/set";
    }

    /** {@code OPEN}, {@code CLOSED}. */
    String contact(String door) {
        return door(door) + "/contact";
    }

    /** {@code ON}, {@code OFF}. */
    String heldOpen(String door) {
        return door(door) + "/held_open";
    }

    /** What happens at a door, for Home Assistant; not kept by the broker. */
    String happenings(String door) {
        return door(door) + "/event";
    }

    /** What the screen beside the door shows, not kept by the broker. */
    String screen(String door) {
        return door(door) + "/screen";
    }

    /** {@code ON} while pictures arrive. */
    String camera(String camera) {
        return base + "/camera/" + camera + "/state";
    }

    /** JPEG, not kept by the broker. */
    String picture(String camera) {
        return base + "/camera/" + camera + "/picture";
    }

    /** What the broker keeps of the box itself. */
    Set<String> box() {
        return Set.of(lastPerson(), lastPersonAttributes(), lastSeen(), lastDecision(), lastDecisionAttributes());
    }

    /** What it keeps of a door: of what the door has. */
    Set<String> of(DoorStatus status) {
        Set<String> all = new HashSet<>();
        if (status.lock() != DoorStatus.LockState.NONE) {
            all.add(lock(status.door()));
        }
        if (status.sensor() != DoorStatus.Sensor.NONE) {
            all.add(contact(status.door()));
            all.add(heldOpen(status.door()));
        }
        return all;
    }

    private String door(String door) {
        return base + "/door/" + door;
    }
}
