package dev.lintel.gateway;

import dev.lintel.access.CameraState;
import dev.lintel.access.LiveLevel;
import dev.lintel.bus.Bus;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.messages.CameraMessages.ListCameras;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The cameras: how they are, and what they see. Confined to the gateway's event loop. */
final class CameraRoutes {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Live pictures at once: each keeps a connection and a few megabits a second. */
    private static final int MOST_STREAMS = 16;

    private final Bus bus;
    private final Connections connections;
    private int streams;
    private boolean closed;

    CameraRoutes(Bus bus, Connections connections) {
        this.bus = bus;
        this.connections = connections;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("listCameras", this::list, "cameraPicture", this::picture, "cameraStream", this::stream);
    }

    /** Streams end with their next picture, so that a shutdown need not wait for who watches. */
    void close() {
        closed = true;
    }

    private Future<Reply> list(Call call) {
        return bus.ask(CameraMessages.LIST, new ListCameras(call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(states -> Reply.json(json(states)));
    }

    private Future<Reply> picture(Call call) {
        long after = call.wholeNumber("after", 0);
        return bus.ask(CameraMessages.PICTURE, new GetPicture(call.text("camera", ""), after, call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(CameraRoutes::reply);
    }

    private static Reply reply(CameraPicture picture) {
        return (vertx, response) -> response.putHeader(HttpHeaders.CONTENT_TYPE, "image/jpeg")
                .putHeader("X-Picture-Sequence", Long.toString(picture.sequence()))
                .putHeader("X-Captured-At", picture.at().toString())
                .end(Buffer.buffer(picture.jpeg().bytes()));
    }

    private Future<Reply> stream(Call call) {
        if (streams >= MOST_STREAMS || closed) {
            return Future.failedFuture(Problem.overloaded(
                            MOST_STREAMS + " live pictures are watched already: close one, or ask for single pictures")
                    .exception());
        }
        String camera = call.text("camera", "");
        return bus.ask(CameraMessages.PICTURE, new GetPicture(camera, 0, call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(first ->
                        call.method().equals(HttpMethod.HEAD) ? PictureStream.head() : watched(call, camera, first));
    }

    private Reply watched(Call call, String camera, CameraPicture first) {
        return (vertx, response) -> {
            streams++;
            PictureStream stream = new PictureStream(
                    vertx, bus, response, camera, () -> closed, () -> connections.busy(call.connection(), true));
            return stream.run(first).eventually(() -> {
                streams--;
                return Future.succeededFuture();
            });
        };
    }

    private static JsonObject json(CameraStates states) {
        return new JsonObject()
                .put(
                        "cameras",
                        new JsonArray(states.cameras().stream()
                                .map(CameraRoutes::json)
                                .toList()));
    }

    private static JsonObject json(CameraState camera) {
        return new JsonObject()
                .put("id", camera.id())
                .put("door", camera.door())
                .put("direction", lower(camera.direction()))
                .put("state", lower(camera.state()))
                .put("since", camera.since().toString())
                .put("detail", camera.detail())
                .put("width", camera.width())
                .put("height", camera.height())
                .put("fps", camera.fps())
                .put("frames", camera.frames())
                .put("dropped", camera.dropped())
                .put("colour", !camera.colourless())
                .put("picture", camera.picture())
                .put("liveness", camera.liveness() == null ? null : json(camera.liveness()));
    }

    private static JsonObject json(LiveLevel level) {
        boolean known = level.state() != LiveLevel.State.LEARNING;
        return new JsonObject()
                .put("state", lower(level.state()))
                .put("level", known ? rounded(level.level()) : null)
                .put("limit", rounded(level.limit()))
                .put("used", level.used())
                .put("proven", level.proven())
                .put("people", level.people())
                .put("recent", level.recent())
                .put("refused", level.refused())
                .put("refuses_most", level.refusesMost());
    }

    private static double rounded(double share) {
        return Math.round(1000 * share) / 1000.0;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
