package dev.lintel.gateway;

import dev.lintel.access.ScreenState;
import dev.lintel.bus.Bus;
import dev.lintel.messages.ScreenMessages;
import dev.lintel.messages.ScreenMessages.GetScreen;
import dev.lintel.messages.ScreenMessages.WakeDoor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The screens beside the doors. A screen has a key of its own, which opens nothing but what this one door says. Confined to the
 * gateway's event loop.
 */
final class ScreenRoutes {
    static final String KEY = "X-Screen-Key";

    private static final int MOST_SCREENS = 32;
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Bus bus;
    private final Connections connections;
    private final Supplier<String> place;
    private final Set<Follower> open = new HashSet<>();
    private boolean closed;

    private record Follower(String door, HttpServerResponse response) {}

    /** @param place name of the place where the box stands, as it is now */
    ScreenRoutes(Vertx vertx, Bus bus, Connections connections, Supplier<String> place) {
        this.vertx = vertx;
        this.bus = bus;
        this.connections = connections;
        this.place = place;
        bus.listen(ScreenMessages.CHANGED, this::changed);
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "getScreen",
                this::get,
                "streamScreen",
                this::stream,
                "wakeFromScreen",
                call -> wake(call, key(call)),
                "wakeDoor",
                call -> wake(call, null));
    }

    /** Ends all streams, so that a shutdown need not wait for them. */
    void close() {
        closed = true;
        List.copyOf(open).forEach(follower -> follower.response().end());
    }

    private static String key(Call call) {
        return call.header(KEY).map(String::strip).orElse("");
    }

    private Future<ScreenState> state(Call call) {
        return bus.ask(ScreenMessages.GET, new GetScreen(call.text("door", ""), key(call), call.deadline(TIMEOUT)))
                .compose(Call::valueOf);
    }

    private Future<Reply> get(Call call) {
        return state(call).map(state -> Reply.json(json(state)));
    }

    private Future<Reply> wake(Call call, String secret) {
        return bus.ask(ScreenMessages.WAKE, new WakeDoor(call.text("door", ""), secret, call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(state -> Reply.json(new JsonObject().put("door", state.door())));
    }

    private Future<Reply> stream(Call call) {
        if (open.size() >= MOST_SCREENS || closed) {
            return Future.failedFuture(Problem.overloaded(MOST_SCREENS + " screens are open already: close one")
                    .exception());
        }
        return state(call)
                .map(state -> call.method().equals(HttpMethod.HEAD)
                        ? (vertx, response) -> response.putHeader(HttpHeaders.CONTENT_TYPE, SseOutlet.TYPE)
                                .end()
                        : (vertx, response) -> follow(call, state, response));
    }

    private Future<Void> follow(Call call, ScreenState state, HttpServerResponse response) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, SseOutlet.TYPE)
                .putHeader("X-Accel-Buffering", "no");
        Promise<Void> gone = Promise.promise();
        response.closeHandler(v -> gone.tryComplete());
        response.endHandler(v -> gone.tryComplete());
        response.exceptionHandler(broken -> gone.tryComplete());
        Follower follower = new Follower(state.door(), response);
        open.add(follower);
        send(follower, state);
        long beat = vertx.setPeriodic(BEAT.toMillis(), id -> {
            connections.busy(call.connection(), true);
            if (response.writeQueueFull()) {
                Wire.cut(call.connection());
            } else {
                response.write(":\n\n");
            }
        });
        return gone.future().onComplete(v -> {
            vertx.cancelTimer(beat);
            open.remove(follower);
        });
    }

    private void changed(ScreenState state) {
        List.copyOf(open).stream()
                .filter(follower -> follower.door().equals(state.door()))
                .forEach(follower -> send(follower, state));
    }

    private void send(Follower follower, ScreenState state) {
        follower.response().write("event: screen\ndata: " + json(state).encode() + "\n\n");
    }

    private JsonObject json(ScreenState state) {
        return new JsonObject()
                .put("door", state.door())
                .put("place", place.get())
                .put("shows", state.shows().name().toLowerCase(Locale.ROOT))
                .put(
                        "movement",
                        state.movement() == null ? null : state.movement().text())
                .put("step", state.step())
                .put("steps", state.steps())
                .put("name", state.name() == null ? null : state.name().text())
                .put("button", state.button());
    }
}
