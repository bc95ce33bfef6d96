package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import dev.lintel.messages.SetupMessages;
import dev.lintel.messages.SetupMessages.AskStreams;
import dev.lintel.messages.SetupMessages.FindCameras;
import dev.lintel.messages.SetupMessages.Found;
import dev.lintel.messages.SetupMessages.FoundCameras;
import dev.lintel.messages.SetupMessages.Stream;
import dev.lintel.messages.SetupMessages.Streams;
import dev.lintel.messages.SetupMessages.Trial;
import dev.lintel.messages.SetupMessages.TriedFace;
import dev.lintel.messages.SetupMessages.TryCamera;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Cameras that are not configured yet: found, asked for their streams, tried. */
final class SetupRoutes {
    /** Longer than a trial may take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Bus bus;

    SetupRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("findCameras", this::find, "cameraStreams", this::streams, "tryCamera", this::look);
    }

    private Future<Reply> find(Call call) {
        return bus.ask(SetupMessages.FIND, new FindCameras(call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(found -> Reply.json(json(found)));
    }

    private Future<Reply> streams(Call call) {
        JsonObject body = call.json().getJsonObject();
        return bus.ask(
                        SetupMessages.STREAMS,
                        new AskStreams(
                                body.getString("address"),
                                body.getString("user", ""),
                                body.getString("password", ""),
                                call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(streams -> Reply.json(json(streams)));
    }

    private Future<Reply> look(Call call) {
        JsonObject body = call.json().getJsonObject();
        return bus.ask(
                        SetupMessages.TRY,
                        new TryCamera(
                                body.getString("source"),
                                body.getString("transport", "tcp"),
                                body.getInteger("rotation", 0),
                                body.getBoolean("mirror", false),
                                call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(trial -> Reply.json(json(trial)));
    }

    private static JsonObject json(FoundCameras found) {
        JsonArray cameras = new JsonArray();
        for (Found camera : found.cameras()) {
            cameras.add(new JsonObject()
                    .put("kind", camera.kind())
                    .put("source", camera.source())
                    .put("name", camera.name()));
        }
        return new JsonObject().put("cameras", cameras);
    }

    private static JsonObject json(Streams found) {
        JsonArray streams = new JsonArray();
        for (Stream stream : found.streams()) {
            streams.add(new JsonObject()
                    .put("name", stream.name())
                    .put("width", stream.width())
                    .put("height", stream.height())
                    .put("address", stream.address()));
        }
        return new JsonObject().put("streams", streams);
    }

    private static JsonObject json(Trial trial) {
        JsonArray faces = new JsonArray();
        for (TriedFace face : trial.faces()) {
            faces.add(FaceJson.box(face.box()).put("size", face.size()).put("issues", new JsonArray(face.issues())));
        }
        return new JsonObject()
                .put("detail", trial.detail())
                .put(
                        "picture",
                        trial.picture() == null
                                ? null
                                : Base64.getEncoder()
                                        .encodeToString(trial.picture().bytes()))
                .put("width", trial.width())
                .put("height", trial.height())
                .put("faces", faces)
                .put("fps", trial.fps())
                .put("brightness", trial.brightness())
                .put("key_frame_seconds", trial.keyFrameSeconds());
    }
}
