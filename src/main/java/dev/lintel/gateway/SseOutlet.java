package dev.lintel.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Server-sent events (WHATWG HTML, section 9.2). */
final class SseOutlet implements Outlet {
    static final String TYPE = "text/event-stream";

    private final HttpServerResponse response;
    private final HttpConnection connection;

    SseOutlet(HttpServerResponse response, HttpConnection connection) {
        this.response = response;
        this.connection = connection;
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void event(long sequence, JsonObject event) {
        response.write("event: event\nid: " + sequence + "\ndata: " + event.encode() + "\n\n");
    }

    @Override
    public void live(JsonObject view) {
        response.write("event: live\ndata: " + view.encode() + "\n\n");
    }

    @Override
    public void beat() {
        response.write(":\n\n");
    }

    @Override
    public void end() {
        response.end();
    }

    @Override
    public void cut() {
        Wire.cut(connection);
    }
}
