package dev.lintel.door.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.door.FakeChips;
import dev.lintel.door.lock.LockProbe.State;
import dev.lintel.testkit.Configs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relays on this machine that write down what they are asked. */
class LockProbeTest {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer relay;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/", call -> {
            calls.add(call.getRequestMethod() + " " + call.getRequestURI() + " "
                    + call.getRequestHeaders().getFirst("Authorization"));
            call.sendResponseHeaders(status, -1);
            call.close();
        });
        relay.start();
    }

    @AfterEach
    void stop() {
        relay.stop(0);
    }

    private LockProbe probe(String login, String path) {
        return LockProbe.of(Configs.of(
                HttpLockConfig.class,
                "url: 'http://" + login + "127.0.0.1:" + relay.getAddress().getPort() + path + "'",
                "timeout: 10s"));
    }

    @Test
    void shouldAskForNothingThatMovesTheLock() {
        LockProbe probe = probe("", "/relay/0?turn=on");

        assertThat(probe.state()).isEqualTo(State.FINE);
        assertThat(probe.detail()).contains("answers", "the lock was not moved");
        assertThat(calls).containsExactly("GET / null");
    }

    @Test
    void shouldNotEvenAskForTheFrontPageWhereThatMovesTheLock() {
        LockProbe probe = probe("", "/?open=1");

        assertThat(probe.state()).isEqualTo(State.DOUBTFUL);
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldTryTheLoginAndKeepItToItself() {
        assertThat(probe("anna:secret@", "/on").detail())
                .contains("takes the login")
                .doesNotContain("secret");
        assertThat(calls).singleElement().asString().endsWith("Basic YW5uYTpzZWNyZXQ=");
        status = 401;

        LockProbe refused = probe("anna:secret@", "/on");

        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.detail())
                .contains("refuses the login", "user and password")
                .doesNotContain("secret");
        assertThat(probe("", "/on").detail()).contains("asks for one");
    }

    @Test
    void shouldSayThatARelayIsIll() {
        status = 503;

        assertThat(probe("", "/on").state()).isEqualTo(State.DOUBTFUL);
    }

    @Test
    void shouldSayThatNobodyListensThere() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        LockProbe probe = LockProbe.of(
                Configs.of(HttpLockConfig.class, "url: 'http://127.0.0.1:" + free + "/on'", "timeout: 10s"));

        assertThat(probe.state()).isEqualTo(State.FAILED);
        assertThat(probe.detail()).contains("does not take connections");
    }

    @Test
    void shouldSayThatANameIsNotFound() {
        LockProbe probe = LockProbe.of(
                Configs.of(HttpLockConfig.class, "url: 'http://no-such-relay.invalid/on'", "timeout: 10s"));

        assertThat(probe.state()).isEqualTo(State.FAILED);
        assertThat(probe.detail()).contains("name that cannot be found");
    }

    @Test
    void shouldSayThatARelayDoesNotEncrypt() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread relay = new Thread(() -> refuse(plain));
            relay.start();

            LockProbe probe = LockProbe.of(Configs.of(
                    HttpLockConfig.class, "url: 'https://127.0.0.1:" + plain.getLocalPort() + "/on'", "timeout: 10s"));

            relay.join();
            assertThat(probe.state()).isEqualTo(State.FAILED);
            assertThat(probe.detail()).contains("does not encrypt");
        }
    }

    /** As a relay without TLS answers to what it does not understand. */
    private static void refuse(ServerSocket plain) {
        try (Socket caller = plain.accept()) {
            caller.getInputStream().read();
            caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayThatARelayIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LockProbe probe = LockProbe.of(Configs.of(
                    HttpLockConfig.class,
                    "url: 'http://127.0.0.1:" + silent.getLocalPort() + "/on'",
                    "timeout: 200ms"));

            assertThat(probe.state()).isEqualTo(State.FAILED);
            assertThat(probe.detail()).contains("does not answer within 200 ms");
        }
    }

    @Test
    void shouldLookAtALineWithoutTakingIt() {
        FakeChips chips = new FakeChips();
        assertThat(LockProbe.of(chips, "gpiochip0", 17).state()).isEqualTo(State.FINE);
        assertThat(LockProbe.of(chips, "gpiochip0", 17).state())
                .as("still free")
                .isEqualTo(State.FINE);
        chips.output("gpiochip0", 17, false);

        assertThat(LockProbe.of(chips, "gpiochip0", 17).detail()).contains("used by something else");
        assertThat(LockProbe.of(chips, "gpiochip9", 1).state()).isEqualTo(State.FAILED);
    }
}
