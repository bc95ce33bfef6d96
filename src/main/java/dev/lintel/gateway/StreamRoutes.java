package dev.lintel.gateway;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.LiveView;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.FollowEvents;
import dev.lintel.messages.EventMessages.FollowedEvents;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What happens, as it happens: server-sent events and WebSocket, and the screens of the doors. Confined to the gateway's event loop. */
final class StreamRoutes {
    /** Streams at once: each keeps a connection, and costs a little with every live view. */
    private static final int MOST_STREAMS = 32;

    /** Proxies close what is silent for longer than a minute; a client that takes nothing for two beats is cut off. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int PAGE = 100;

    private final Vertx vertx;
    private final Bus bus;
    private final Connections connections;
    private final Callers callers;
    private final ApplianceMetrics metrics;
    private final ScreenRoutes screens;
    private final Set<EventStream> open = new HashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private boolean closed;

    StreamRoutes(
            Vertx vertx,
            Bus bus,
            Connections connections,
            Callers callers,
            ApplianceMetrics metrics,
            Supplier<String> place) {
        this.vertx = vertx;
        this.bus = bus;
        this.connections = connections;
        this.callers = callers;
        this.metrics = metrics;
        this.screens = new ScreenRoutes(vertx, bus, connections, place);
        metrics.queueDepth("streams", count::get);
        bus.listen(EventMessages.RECORDED, this::happened);
        bus.listen(CameraMessages.LIVE, this::seen);
    }

    /** Who did what to the box is not told here. */
    private void happened(Recorded event) {
        if (event.event().kind() != DoorEvent.Kind.ACT) {
            List.copyOf(open).forEach(stream -> stream.happened(event));
        }
    }

    Map<String, ApiRouter.Handler> operations() {
        Map<String, ApiRouter.Handler> operations = new HashMap<>(screens.operations());
        operations.put("streamEvents", this::events);
        operations.put("streamSocket", this::socket);
        return operations;
    }

    /** Ends all streams, so that a shutdown need not wait for who follows. */
    void close() {
        closed = true;
        List.copyOf(open).forEach(EventStream::end);
        screens.close();
    }

    private void seen(LiveView view) {
        if (!open.isEmpty()) {
            JsonObject json = EventJson.live(view);
            List.copyOf(open).forEach(stream -> stream.seen(json));
        }
    }

    private Future<Reply> events(Call call) {
        if (call.method().equals(HttpMethod.HEAD)) {
            return Future.succeededFuture((vertx, response) ->
                    response.putHeader(HttpHeaders.CONTENT_TYPE, SseOutlet.TYPE).end());
        }
        long after = after(call);
        return room().map(yes -> (vertx, response) -> follow(call, after, response));
    }

    private Future<Reply> socket(Call call) {
        if (!call.upgradable()) {
            return Future.failedFuture(new Problem(
                            426,
                            "upgrade_required",
                            "this is a WebSocket: connect with ws://, or follow /stream/events",
                            List.of(),
                            new JsonObject(),
                            Map.of("Upgrade", "websocket", "Connection", "Upgrade"))
                    .exception());
        }
        long after = after(call);
        return room().map(yes -> (vertx, response) -> call.upgrade().compose(socket -> follow(call, after, socket)));
    }

    /** {@code Last-Event-ID}, as browsers send it when they come back, goes before the parameter they began with. */
    private static long after(Call call) {
        String header = call.header("Last-Event-ID").orElse("");
        if (!header.isEmpty() && !header.matches("\\d{1,18}")) {
            throw Problem.invalid("Last-Event-ID must be the id of an event of this stream, a whole number")
                    .exception();
        }
        long after = header.isEmpty() ? call.wholeNumber("after", -1) : Long.parseLong(header);
        // What was before is the log's, which a viewer does not see.
        return call.who().seesPeople() ? after : -1;
    }

    private Future<Void> room() {
        if (open.size() >= MOST_STREAMS || closed) {
            metrics.rejected("streams");
            return Future.failedFuture(
                    Problem.overloaded(MOST_STREAMS + " streams are followed already: close one, or try again later")
                            .exception());
        }
        return Future.succeededFuture();
    }

    private Future<Void> follow(Call call, long after, HttpServerResponse response) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, SseOutlet.TYPE)
                .putHeader("X-Accel-Buffering", "no");
        EventStream stream =
                new EventStream(new SseOutlet(response, call.connection()), this::log, after, call.flag("live"));
        Promise<Void> gone = Promise.promise();
        response.closeHandler(v -> gone.tryComplete());
        response.endHandler(v -> gone.tryComplete());
        response.exceptionHandler(broken -> gone.tryComplete());
        response.drainHandler(v -> stream.drained());
        response.write("retry: 2000\n\n");
        return run(stream, call, gone.future());
    }

    private Future<Void> follow(Call call, long after, ServerWebSocket socket) {
        HttpConnection connection = call.connection();
        SocketGuard.install(connection, socket, () -> metrics.rejected("frames"));
        EventStream stream = new EventStream(
                new WebSocketOutlet(socket, () -> Wire.cut(connection)), this::log, after, call.flag("live"));
        Promise<Void> gone = Promise.promise();
        socket.closeHandler(v -> gone.tryComplete());
        socket.exceptionHandler(broken -> Wire.cut(connection));
        socket.drainHandler(v -> stream.drained());
        return run(stream, call, gone.future());
    }

    private Future<Void> run(EventStream stream, Call call, Future<Void> gone) {
        HttpConnection connection = call.connection();
        open.add(stream);
        count.set(open.size());
        long beat = vertx.setPeriodic(BEAT.toMillis(), id -> {
            connections.busy(connection, true);
            if (!callers.still(call.who())) {
                stream.end();
            } else if (stream.beat()) {
                metrics.rejected("slow-streams");
            }
        });
        stream.start();
        return gone.onComplete(v -> {
            vertx.cancelTimer(beat);
            stream.closed();
            open.remove(stream);
            count.set(open.size());
        });
    }

    private Future<List<Recorded>> log(long after) {
        return bus.ask(EventMessages.FOLLOW, new FollowEvents(after, PAGE, Deadline.after(TIMEOUT)))
                .compose(Call::valueOf)
                .map(FollowedEvents::events);
    }
}
