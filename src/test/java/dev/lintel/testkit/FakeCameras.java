package dev.lintel.testkit;

import dev.lintel.access.CameraState;
import dev.lintel.access.CameraState.State;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveLevel;
import dev.lintel.bus.Bus;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.CameraMessages.GetPicture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Cameras without frames: {@code front} is live and makes a picture every 20 ms, {@code lost} is lost, {@code private} shows nothing. */
final class FakeCameras {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private volatile byte[] shown;

    /** What {@code front} sees from now on; until then, a text that names the picture. */
    void show(byte[] jpeg) {
        shown = jpeg;
    }

    Future<?> serve(Vertx vertx, Bus bus) {
        var states = new CameraStates(List.of(
                new CameraState(
                        "front",
                        "main",
                        Direction.IN,
                        State.LIVE,
                        THEN,
                        "",
                        640,
                        480,
                        24.8,
                        1000,
                        12,
                        true,
                        false,
                        "",
                        false,
                        new LiveLevel(LiveLevel.State.LEARNT, 0.61, 0.5117, false, 24, 6, 30, 1)),
                new CameraState(
                        "lost",
                        null,
                        Direction.BOTH,
                        State.LOST,
                        THEN,
                        "nothing answers",
                        0,
                        0,
                        0,
                        0,
                        0,
                        true,
                        false,
                        "",
                        false,
                        null),
                new CameraState(
                        "private",
                        null,
                        Direction.OUT,
                        State.LIVE,
                        THEN,
                        "",
                        640,
                        480,
                        25,
                        9,
                        0,
                        false,
                        false,
                        "",
                        false,
                        null)));
        return Future.all(
                bus.serve(CameraMessages.LIST, question -> Future.succeededFuture(Outcome.done(states))),
                bus.serve(
                        CameraMessages.PICTURE,
                        question -> vertx.timer(20, TimeUnit.MILLISECONDS).map(waited -> picture(question))));
    }

    private Outcome<CameraPicture> picture(GetPicture question) {
        return switch (question.camera()) {
            case "front" ->
                Outcome.done(new CameraPicture(
                        "front",
                        question.after() + 1,
                        THEN,
                        new EncodedImage(
                                shown != null
                                        ? shown
                                        : ("jpeg " + (question.after() + 1)).getBytes(StandardCharsets.US_ASCII))));
            case "lost" ->
                Outcome.refused(Refusal.Code.CAMERA_UNAVAILABLE, "the camera gives no picture now: nothing answers");
            case "private" -> Outcome.refused(Refusal.Code.PICTURE_WITHHELD, "this camera's picture is not shown");
            default -> Outcome.refused(Refusal.Code.UNKNOWN_CAMERA, "there is no such camera: GET /cameras lists them");
        };
    }
}
