package dev.lintel.gateway;

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
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
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

class StreamsOverHttpTest {
    private static final String ADMIN = "admin-0123456789abc";

    private GatewayHarness gateway;
    private Http http;

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
        WebSocket socket =
                await(client().connect(options("/stream/ws?after=1&live=true").addHeader("X-API-Key", ADMIN)));
        socket.textMessageHandler(messages::add);

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

    private void refused(WebSocketConnectOptions options, int status) {
        assertThatThrownBy(() -> await(client().connect(options)))
                .hasCauseInstanceOf(UpgradeRejectedException.class)
                .extracting(failure -> ((UpgradeRejectedException) failure.getCause()).getStatus())
                .isEqualTo(status);
    }

    private WebSocketClient client() {
        return gateway.vertx().createWebSocketClient();
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
