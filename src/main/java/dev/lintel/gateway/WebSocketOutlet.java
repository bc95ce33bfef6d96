package dev.lintel.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** The same as text messages of a WebSocket. */
final class WebSocketOutlet implements Outlet {
    /** RFC 6455: going away. */
    private static final short GOING_AWAY = 1001;

    private final ServerWebSocket socket;
    private final Runnable cut;

    WebSocketOutlet(ServerWebSocket socket, Runnable cut) {
        this.socket = socket;
        this.cut = cut;
    }

    @Override
    public boolean full() {
        return socket.writeQueueFull();
    }

    @Override
    public void event(long sequence, JsonObject event) {
        socket.writeTextMessage(
                new JsonObject().put("type", "event").put("data", event).encode());
    }

    @Override
    public void live(JsonObject view) {
        socket.writeTextMessage(
                new JsonObject().put("type", "live").put("data", view).encode());
    }

    @Override
    public void beat() {
        socket.writePing(Buffer.buffer());
    }

    @Override
    public void end() {
        socket.close(GOING_AWAY);
    }

    @Override
    public void cut() {
        cut.run();
    }
}
