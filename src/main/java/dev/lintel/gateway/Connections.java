package dev.lintel.gateway;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections: no more than configured, and none for long without a complete request, however slowly it
 * trickles its headers. Thread-safe.
 */
final class Connections {
    /** No request takes as long; whoever does not take its answer in this time is gone. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(10);

    private static final long SWEEP_MS = 1000;

    private final Map<HttpConnection, State> open = new ConcurrentHashMap<>();
    private final int most;
    private final Duration idle;
    private final ApplianceMetrics metrics;

    private record State(boolean busy, long since) {
        static State now(boolean busy) {
            return new State(busy, System.nanoTime());
        }
    }

    Connections(Vertx vertx, int most, Duration idle, ApplianceMetrics metrics) {
        this.most = most;
        this.idle = idle;
        this.metrics = metrics;
        metrics.queueDepth("connections", open::size);
        vertx.setPeriodic(Math.min(SWEEP_MS, Math.max(1, idle.toMillis() / 2)), id -> sweep());
    }

    void opened(HttpConnection connection) {
        if (open.size() >= most) {
            metrics.rejected("connections");
            connection.close();
            return;
        }
        open.put(connection, State.now(false));
        connection.closeHandler(v -> open.remove(connection));
    }

    /** A request has begun or ended. */
    void busy(HttpConnection connection, boolean busy) {
        open.computeIfPresent(connection, (c, state) -> State.now(busy));
    }

    private void sweep() {
        long now = System.nanoTime();
        open.forEach((connection, state) -> {
            Duration patience = state.busy() ? LONGEST_REQUEST : idle;
            if (now - state.since() > patience.toNanos()) {
                connection.close();
            }
        });
    }
}
