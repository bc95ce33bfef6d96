package dev.lintel.gateway;

import static dev.lintel.testkit.Await.await;
import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Reason;
import dev.lintel.accounts.Role;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.LiveView;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsOverHttpTest {
    private static final String ADMIN = "admin-0123456789abc";

    private GatewayHarness gateway;
    private Http http;
    private WebSocketClient client;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayHarness(Map.of(
                "shutdownTimeout",
                Duration.ofMinutes(2),
                "keys",
                List.of(
                        new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(ADMIN)),
                        new ApiKey("door", Role.IDENTIFY, Optional.empty(), Optional.of("identify-0123456789")))));
        http = new Http(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void happens(int number) {
        UUID id = new UUID(0, number);
        gateway.box()
                .happens(DoorEvent.of(new Decision(
                        id,
                        "main",
                        Instant.EPOCH,
                        Decision.Verdict.GRANTED,
                        Label.of("Anna"),
                        null,
                        "schedule",
                        List.of(new Reason("within the hours")))));
    }

    private void seen() {
        gateway.box()
                .bus()
                .publish(
                        CameraMessages.LIVE,
                        new LiveView(
                                "front",
                                Instant.EPOCH,
                                640,
                                480,
                                List.of(new LiveView.Face(
                                        new UUID(0, 9),
                                        new FaceBox(1, 2, 3, 4),
                                        Label.of("Anna"),
                                        "known",
                                        "live",
                                        "granted"))));
    }

    /** A stream whose head has been read. */
    private BufferedReader follow(Socket socket, String query, String header) throws Exception {
        socket.getOutputStream()
                .write(("GET /stream/events" + query + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + ADMIN + "\r\n"
                                + header + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        List<String> head = new ArrayList<>();
        String line;
        while (!(line = in.readLine()).isEmpty()) {
            head.add(line.toLowerCase(java.util.Locale.ROOT));
        }
        assertThat(head).contains("http/1.1 200 ok", "content-type: text/event-stream", "cache-control: no-store");
        while (!line.startsWith("retry:")) {
            line = in.readLine();
        }
        return in;
    }

    /** The next line of the stream that begins like that. */
    private static String line(BufferedReader in, String start) throws Exception {
        String line;
        do {
            line = in.readLine();
            assertThat(line).as("the stream ended before %s", start).isNotNull();
        } while (!line.startsWith(start));
        return line.substring(start.length());
    }

    @Test
    void shouldSendWhatHappensAsItHappens() throws Exception {
        try (Socket socket = http.open()) {
            BufferedReader in = follow(socket, "?live=true", "");
            happens(1);
            assertThat(line(in, "event: ")).isEqualTo("event");
            assertThat(line(in, "id: ")).isEqualTo("1");
            JsonObject event = new JsonObject(line(in, "data: "));
            assertThat(event.getString("label")).isEqualTo("Anna");
            assertThat(event.getJsonObject("decision").getString("rule")).isEqualTo("schedule");

            seen();
            assertThat(line(in, "event: ")).isEqualTo("live");
            JsonObject view = new JsonObject(line(in, "data: "));
            assertThat(view.getJsonArray("faces").getJsonObject(0).getString("state"))
                    .isEqualTo("known");
        }
    }

    @Test
    void shouldGoOnWhereTheClientLeftOff() throws Exception {
        for (int i = 1; i <= 250; i++) {
            happens(i);
        }
        try (Socket first = http.open();
                Socket second = http.open()) {
            BufferedReader byHeader = follow(first, "?after=1", "Last-Event-ID: 3\r\n");
            BufferedReader byParameter = follow(second, "?after=248", "");
            happens(251);

            for (int id = 4; id <= 251; id++) {
                assertThat(line(byHeader, "id: ")).isEqualTo(Integer.toString(id));
            }
            for (int id = 249; id <= 251; id++) {
                assertThat(line(byParameter, "id: ")).isEqualTo(Integer.toString(id));
            }
        }
    }

    @Test
    void shouldNotSendLiveViewsUnasked() throws Exception {
        try (Socket socket = http.open()) {
            BufferedReader in = follow(socket, "", "");
            seen();
            happens(1);

            assertThat(line(in, "event: ")).isEqualTo("event");
        }
    }

    @Test
    void shouldFollowOverAWebSocket() throws Exception {
        happens(1);
        happens(2);
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        ClientWebSocket socket = client().webSocket();
        socket.textMessageHandler(messages::add); // before anything comes
        await(socket.connect(options("/stream/ws?after=1&live=true").addHeader("X-API-Key", ADMIN)));

        JsonObject event = new JsonObject(messages.poll(10, TimeUnit.SECONDS));
        assertThat(event.getString("type")).isEqualTo("event");
        assertThat(event.getJsonObject("data").getInteger("sequence")).isEqualTo(2);
        seen();
        assertThat(new JsonObject(messages.poll(10, TimeUnit.SECONDS)).getString("type"))
                .isEqualTo("live");
    }

    @Test
    void shouldNotOpenAWebSocketToOthers() {
        refused(options("/stream/ws"), 401);
        refused(options("/stream/ws").addHeader("X-API-Key", "identify-0123456789"), 403);
        refused(options("/stream/ws").addHeader("X-API-Key", ADMIN).addHeader("Origin", "http://evil.example"), 403);
    }

    /** A socket after the handshake, with everything of it read. */
    private Socket upgraded() throws Exception {
        Socket socket = http.open();
        socket.getOutputStream()
                .write(("GET /stream/ws HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + ADMIN
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head).startsWith("HTTP/1.1 101").doesNotContain("permessage-deflate");
        return socket;
    }

    /** With a mask of zeros, which changes nothing. */
    private static byte[] frame(int first, int length) {
        byte[] frame = new byte[6 + length];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | length);
        return frame;
    }

    /** It tells and is told nothing: text, bytes, what goes on, and pings in numbers. */
    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x82, 0x01, 0x80, 0xc1, 0x83, 0x8b, 0x89, 0x8a})
    void shouldEndAWebSocketThatIsToldSomething(int first) throws Exception {
        boolean sign = first == 0x89 || first == 0x8a;
        try (Socket socket = upgraded()) {
            for (int i = 0; i < (sign ? 100 : 1); i++) {
                socket.getOutputStream().write(frame(first, 5));
            }
            byte[] rest = socket.getInputStream().readAllBytes();

            assertThat(rest.length).isLessThan(200);
        } catch (java.net.SocketException reset) {
            // closed with bytes unread, which is as good
        }
        await("the stream's end", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"streams\"} 0.0"));
    }

    /** Each ping was answered into memory, whether the answer was read or not. */
    @Test
    void shouldNotCollectAnswersForWhoReadsNone() throws Exception {
        byte[] pings = new byte[131 * 500];
        for (int i = 0; i < 500; i++) {
            System.arraycopy(frame(0x89, 125), 0, pings, 131 * i, 131);
        }
        try (Socket socket = upgraded()) {
            long sent = 0;
            try {
                while (sent < 50_000_000) {
                    socket.getOutputStream().write(pings);
                    sent += pings.length;
                }
            } catch (java.io.IOException closed) {
                // expected
            }
            assertThat(sent).isLessThan(10_000_000);
        }
        await("the stream's end", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"streams\"} 0.0"));
        assertThat(gateway.metrics()).contains("lintel_rejections_total{queue=\"frames\"} 1.0");
    }

    @Test
    void shouldBearAPingNowAndThen() throws Exception {
        try (Socket socket = upgraded()) {
            for (int i = 0; i < 5; i++) {
                socket.getOutputStream().write(frame(0x89, 3));
                assertThat(socket.getInputStream().readNBytes(5)).startsWith((byte) 0x8a, (byte) 3);
            }
            happens(1);
            assertThat(socket.getInputStream().read()).isEqualTo(0x81);
        }
    }

    private void refused(WebSocketConnectOptions options, int status) {
        assertThatThrownBy(() -> await(client().connect(options)))
                .hasCauseInstanceOf(UpgradeRejectedException.class)
                .extracting(failure -> ((UpgradeRejectedException) failure.getCause()).getStatus())
                .isEqualTo(status);
    }

    private WebSocketClient client() {
        client = gateway.vertx().createWebSocketClient(); // held, because Vert.x closes what nobody holds
        return client;
    }

    private WebSocketConnectOptions options(String uri) {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI(uri);
    }

    @Test
    void shouldServeSoManyStreamsAndNoMore() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                Socket socket = http.open();
                open.add(socket);
                follow(socket, "", "");
            }
            assertThat(http.send(http.request("/stream/events").header("X-API-Key", ADMIN))
                            .status())
                    .isEqualTo(503);
            assertThat(gateway.metrics()).contains("lintel_queue_depth{queue=\"streams\"} 32.0");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotHoldUpTheShutdown() throws Exception {
        try (Socket socket = http.open()) {
            BufferedReader in = follow(socket, "", "");
            await(client().connect(options("/stream/ws").addHeader("X-API-Key", ADMIN)));

            await(gateway.shutDown());

            assertThat(in.lines().toList()).contains("0");
        }
    }
}
