package dev.lintel.gateway;

import dev.lintel.access.CameraState;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.DoorStatus.LockState;
import dev.lintel.access.LiveLevel;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.gateway.Component.Trouble;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.ListCameras;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.ListDoors;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cameras and doors as parts of the box: everybody may ask, so it says how they are and nothing of where. */
final class HouseReport {
    private final Bus bus;

    HouseReport(Bus bus) {
        this.bus = bus;
    }

    /** Never fails. */
    Future<List<Component>> components(Deadline deadline) {
        Future<List<Component>> cameras = bus.ask(CameraMessages.LIST, new ListCameras(deadline))
                .compose(Call::valueOf)
                .map(list -> list.cameras().stream().map(HouseReport::camera).toList())
                .otherwise(List.of(new Component("cameras", false, "do not answer: see the log")));
        Future<List<Component>> doors = bus.ask(DoorMessages.LIST, new ListDoors(deadline))
                .compose(Call::valueOf)
                .map(list -> list.doors().stream().map(HouseReport::door).toList())
                .otherwise(List.of(new Component("doors", false, "do not answer: see the log")));
        return Future.all(cameras, doors).map(both -> {
            List<Component> all = new ArrayList<>(cameras.result());
            all.addAll(doors.result());
            return all;
        });
    }

    private static Component camera(CameraState camera) {
        String name = "camera " + camera.id();
        if (!camera.fault().isEmpty()) {
            return new Component(name, Trouble.CAMERA_FAULT, camera.fault());
        }
        String since = word(camera.state()) + " since " + camera.since() + ": GET /cameras says why";
        return switch (camera.state()) {
            case LOST -> new Component(name, Trouble.CAMERA_LOST, since);
            case FROZEN -> new Component(name, Trouble.CAMERA_FROZEN, since);
            default ->
                camera.liveness() != null && camera.liveness().refusesMost()
                        ? new Component(name, Trouble.CAMERA_LIVENESS, refuses(camera.liveness()))
                        : new Component(name, true, word(camera.state()));
        };
    }

    private static String refuses(LiveLevel level) {
        return "the liveness network refused " + level.refused() + " of the last " + level.recent()
                + " people who were recognised: it does not know this camera, or somebody shows pictures. Try 'lintel"
                + " evaluate-clips' with films of it; see docs/cameras.md";
    }

    /** What an operator has to see to first. */
    private static Component door(DoorStatus door) {
        String name = "door " + door.door();
        if (door.lock() == LockState.FAILED) {
            return new Component(name, Trouble.LOCK_FAILED, "the lock failed: GET /events?kind=door_failed says why");
        }
        if (door.heldOpen()) {
            return new Component(name, Trouble.HELD_OPEN, "stands open for too long");
        }
        if (door.mode().mode() == DoorMode.LOCK_DOWN) {
            return new Component(name, Trouble.LOCK_DOWN, "in lock-down: nobody passes");
        }
        return new Component(
                name,
                true,
                "lock " + word(door.lock()) + ", mode " + word(door.mode().mode()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
