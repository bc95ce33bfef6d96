package dev.lintel.delivery;

import dev.lintel.access.CameraState;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.ModeSetting;
import dev.lintel.bus.Bus;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Outcome;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.DoorList;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Doors and cameras on the bus: at first one of each, with lock and contact. */
final class FakeHouse {
    final BlockingQueue<String> unlocked = new LinkedBlockingQueue<>();
    volatile DoorStatus.LockState lock = DoorStatus.LockState.LOCKED;
    volatile DoorStatus.Sensor sensor = DoorStatus.Sensor.CLOSED;
    volatile List<String> doors = List.of("main");
    volatile List<String> cameras = List.of("front");

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(
                        DoorMessages.LIST,
                        ask -> done(new DoorList(doors.stream().map(this::door).toList()))),
                bus.serve(
                        CameraMessages.LIST,
                        ask -> done(new CameraStates(
                                cameras.stream().map(FakeHouse::camera).toList()))),
                bus.serve(
                        CameraMessages.PICTURE,
                        ask -> done(new CameraPicture(
                                ask.camera(),
                                1,
                                Events.NOW,
                                new EncodedImage("a picture".getBytes(StandardCharsets.UTF_8))))),
                bus.serve(DoorMessages.UNLOCK, ask -> {
                    unlocked.add(ask.door() + " by " + ask.by());
                    lock = DoorStatus.LockState.UNLOCKED;
                    return done(new Decision(
                            new UUID(1, 1),
                            ask.door(),
                            Events.NOW,
                            Decision.Verdict.GRANTED,
                            null,
                            null,
                            "operator",
                            List.of()));
                })));
    }

    private DoorStatus door(String id) {
        return new DoorStatus(id, ModeSetting.NORMAL, lock, sensor, Events.NOW, false, null);
    }

    private static CameraState camera(String id) {
        return new CameraState(
                id,
                "main",
                Direction.IN,
                CameraState.State.LIVE,
                Events.NOW,
                "",
                640,
                480,
                25,
                100,
                3,
                true,
                false,
                "",
                false,
                null);
    }

    private static <R> Future<Outcome<R>> done(R answer) {
        return Future.succeededFuture(Outcome.done(answer));
    }
}
