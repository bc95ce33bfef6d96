package dev.lintel.gateway;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The open connections: no more than configured, of one address and of all, and none for long without a complete request,
 * however slowly it trickles. Where there is no room for one more, that one is closed which has asked for nothing for longest,
 * first of the address that holds the most, and of those who were never let in: so slow or silent ones keep nobody out. A
 * quarter of all is kept for addresses from which somebody was let in lately. Thread-safe.
 */
final class Connections {
    /** No request takes as long with its answer, which may be a backup; and how long one that is to end may go on taking it. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    /** How long an address counts as one from which somebody was let in. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int MOST_REMEMBERED = 1000;
    private static final long SWEEP_MS = 1000;

    private final Map<HttpConnection, State> open = new LinkedHashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, Long> welcome = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final Limits limits;
    private final LongSupplier nanos;
    private final ApplianceMetrics metrics;

    /**
     * @param most of all addresses together
     * @param mostOfOne of one address; programs on this machine, such as a proxy, are bound by the first alone
     * @param first how long the first request of a connection may take to come
     * @param idle how long a connection may stay open between two requests
     */
    record Limits(int most, int mostOfOne, Duration first, Duration idle) {
        private int ofStrangers() {
            return most - most / 4;
        }
    }

    private static final class State {
        private final String address;
        private boolean asked;
        private boolean busy;
        private boolean known;
        private boolean closing;
        private long since;

        State(String address, long since) {
            this.address = address;
            this.since = since;
        }
    }

    Connections(Vertx vertx, Limits limits, ApplianceMetrics metrics) {
        this(limits, System::nanoTime, metrics);
        long shortest = Math.min(limits.first.toMillis(), limits.idle.toMillis());
        vertx.setPeriodic(Math.min(SWEEP_MS, Math.max(1, shortest / 2)), id -> sweep());
    }

    Connections(Limits limits, LongSupplier nanos, ApplianceMetrics metrics) {
        this.limits = limits;
        this.nanos = nanos;
        this.metrics = metrics;
        metrics.queueDepth("connections", this::size);
    }

    /** @return whether it may stay; otherwise it is closed */
    boolean opened(HttpConnection connection) {
        List<HttpConnection> closing = new ArrayList<>();
        boolean stays = admit(connection, Origins.network(connection.remoteAddress()), closing);
        closing.forEach(one -> {
            metrics.rejected("connections");
            Wire.cut(one);
        });
        return stays;
    }

    private synchronized boolean admit(HttpConnection connection, String address, List<HttpConnection> closing) {
        State state = new State(address, nanos.getAsLong());
        boolean local = address.equals(Origins.THIS_MACHINE);
        boolean stays = (local
                        || held.getOrDefault(address, 0) < limits.mostOfOne
                        || makeRoom(other -> other.address.equals(address), closing))
                && (welcome(address)
                        || local
                        || strangers() < limits.ofStrangers()
                        || makeRoom(other -> !trusted(other), closing))
                && (open.size() < limits.most || makeRoom(other -> true, closing));
        if (!stays) {
            closing.add(connection);
            return false;
        }
        open.put(connection, state);
        held.merge(address, 1, Integer::sum);
        connection.closeHandler(v -> closed(connection));
        return true;
    }

    /** Gives up the one among these that is missed least; none that is being answered. */
    private boolean makeRoom(Predicate<State> among, List<HttpConnection> closing) {
        Optional<Map.Entry<HttpConnection, State>> least = open.entrySet().stream()
                .filter(entry -> !entry.getValue().busy && among.test(entry.getValue()))
                .min(Comparator.<Map.Entry<HttpConnection, State>, Boolean>comparing(entry -> entry.getValue().known)
                        .thenComparing(entry -> -held.getOrDefault(entry.getValue().address, 0))
                        .thenComparing(entry -> entry.getValue().since));
        least.ifPresent(entry -> {
            forget(entry.getKey());
            closing.add(entry.getKey());
        });
        return least.isPresent();
    }

    private long strangers() {
        return open.values().stream().filter(state -> !trusted(state)).count();
    }

    private boolean trusted(State state) {
        return state.known || state.address.equals(Origins.THIS_MACHINE) || welcome(state.address);
    }

    private boolean welcome(String address) {
        Long at = welcome.get(address);
        return at != null && nanos.getAsLong() - at < REMEMBERED.toNanos();
    }

    private synchronized void closed(HttpConnection connection) {
        forget(connection);
    }

    private void forget(HttpConnection connection) {
        State gone = open.remove(connection);
        if (gone != null) {
            held.computeIfPresent(gone.address, (address, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** A request has begun or ended. */
    synchronized void busy(HttpConnection connection, boolean busy) {
        State state = open.get(connection);
        if (state != null) {
            state.asked = true;
            state.busy = busy;
            state.since = nanos.getAsLong();
        }
    }

    /** Somebody was let in over this connection. */
    synchronized void known(HttpConnection connection) {
        State state = open.get(connection);
        if (state != null) {
            state.known = true;
            welcome.put(state.address, nanos.getAsLong());
        }
    }

    /** Closes what has waited for too long, with time to take the last answer, and cuts what is open even then. */
    void sweep() {
        List<HttpConnection> closing = new ArrayList<>();
        List<HttpConnection> over = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            open.forEach((connection, state) -> {
                Duration patience =
                        state.closing || state.busy ? LONGEST_REQUEST : state.asked ? limits.idle : limits.first;
                if (now - state.since > patience.toNanos()) {
                    (state.closing ? over : closing).add(connection);
                    state.closing = true;
                    state.since = now;
                }
            });
        }
        closing.forEach(HttpConnection::close);
        over.forEach(Wire::cut);
    }

    private synchronized int size() {
        return open.size();
    }
}
