package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<HttpConnection> closed = new ArrayList<>();
    private final Map<HttpConnection, Handler<Void>> handlers = new HashMap<>();
    private final Connections connections = new Connections(
            new Connections.Limits(16, 4, Duration.ofSeconds(10), Duration.ofSeconds(30)),
            nanos::get,
            ApplianceMetrics.unpublished());

    @SuppressWarnings("unchecked")
    private HttpConnection from(String address) {
        return (HttpConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpConnection.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "remoteAddress":
                            return SocketAddress.inetSocketAddress(4711, address);
                        case "closeHandler":
                            handlers.put((HttpConnection) self, (Handler<Void>) arguments[0]);
                            return self;
                        case "close":
                            closed.add((HttpConnection) self);
                            return Future.succeededFuture();
                        case "hashCode":
                            return System.identityHashCode(self);
                        case "equals":
                            return self == arguments[0];
                        default:
                            return method.getName();
                    }
                });
    }

    private HttpConnection open(String address) {
        nanos.incrementAndGet();
        HttpConnection connection = from(address);
        connections.opened(connection);
        return connection;
    }

    @Test
    void shouldGiveOneAddressNoMoreThanItsShare() {
        List<HttpConnection> slow = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            slow.add(open("192.168.1.66"));
        }
        HttpConnection other = open("192.168.1.7");

        assertThat(closed).containsExactly(slow.get(0), slow.get(1)).doesNotContain(other);
    }

    @Test
    void shouldRefuseOneMoreWhereAllOfAnAddressAreAnswered() {
        for (int i = 0; i < 4; i++) {
            connections.busy(open("192.168.1.66"), true);
        }

        HttpConnection more = open("192.168.1.66");

        assertThat(closed).containsExactly(more);
    }

    @Test
    void shouldCountANetworkOfIpv6AsOneAddressAndIpv4InItAsIpv4() {
        for (int i = 1; i <= 5; i++) {
            open("2001:db8:1:1::" + i);
        }
        assertThat(closed).hasSize(1);

        for (int i = 1; i <= 5; i++) {
            open("::ffff:10.0.0." + i);
        }
        assertThat(closed).hasSize(1);
    }

    /** From many addresses, each with a request that is being answered: there is nothing to close. */
    @Test
    void shouldKeepRoomForAddressesFromWhichSomebodyWasLetIn() {
        HttpConnection administrator = open("10.1.1.1");
        connections.busy(administrator, true);
        connections.known(administrator);
        connections.busy(administrator, false);
        handlers.get(administrator).handle(null);
        List<HttpConnection> strangers = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            HttpConnection stranger = open("10.2.0." + i);
            connections.busy(stranger, true);
            strangers.add(stranger);
        }
        assertThat(closed).containsExactly(strangers.get(12), strangers.get(13));

        for (int i = 0; i < 4; i++) {
            connections.busy(open("10.1.1.1"), true);
        }
        assertThat(closed).hasSize(2);

        nanos.addAndGet(Duration.ofHours(2).toNanos());
        HttpConnection later = open("10.1.1.2");
        assertThat(closed).contains(later);
    }

    @Test
    void shouldCloseWhoWasNeverLetInBeforeWhoWas() {
        HttpConnection known = open("10.1.1.1");
        connections.busy(known, true);
        connections.known(known);
        connections.busy(known, false);
        for (int i = 0; i < 12; i++) {
            open("10.2.0." + i);
        }
        HttpConnection last = open("10.3.0.1");

        assertThat(closed).hasSize(1).doesNotContain(known, last);
    }

    @Test
    void shouldWaitLessForAFirstRequestThanForAFurtherOne() {
        HttpConnection silent = open("10.1.1.1");
        HttpConnection idle = open("10.1.1.2");
        connections.busy(idle, true);
        connections.busy(idle, false);
        HttpConnection answered = open("10.1.1.3");
        connections.busy(answered, true);

        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        connections.sweep();
        assertThat(closed).containsExactly(silent);

        closed.clear();
        handlers.get(silent).handle(null);
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        connections.sweep();
        assertThat(closed).containsExactly(idle);

        closed.clear();
        handlers.get(idle).handle(null);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        connections.sweep();
        assertThat(closed).containsExactly(answered);
    }

    @Test
    void shouldBindProgramsOnThisMachineByTheWholeAlone() {
        for (int i = 0; i < 16; i++) {
            open("127.0.0." + (i + 1));
        }
        assertThat(closed).isEmpty();
        HttpConnection one = open("127.0.0.1");
        assertThat(closed).hasSize(1).doesNotContain(one);
    }
}
