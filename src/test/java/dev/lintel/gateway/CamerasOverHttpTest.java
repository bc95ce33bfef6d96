package dev.lintel.gateway;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CamerasOverHttpTest {
    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(Map.of());
        http = new Http(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** A stream, open until it is closed. */
    private static BufferedReader watch(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /cameras/front/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static List<String> pictures(BufferedReader in, int count) throws Exception {
        List<String> pictures = new ArrayList<>();
        while (pictures.size() < count) {
            String line = in.readLine();
            if (line.startsWith("jpeg ")) {
                pictures.add(line);
            }
        }
        return pictures;
    }

    @Test
    void shouldStreamEveryPictureOnce() throws Exception {
        try (Socket socket = http.open()) {
            BufferedReader in = watch(socket);
            List<String> head = new ArrayList<>();
            String line;
            while (!(line = in.readLine()).isEmpty()) {
                head.add(line);
            }
            assertThat(head).contains("HTTP/1.1 200 OK", "content-type: multipart/x-mixed-replace; boundary=picture");
            assertThat(pictures(in, 5)).containsExactly("jpeg 1", "jpeg 2", "jpeg 3", "jpeg 4", "jpeg 5");
        }
    }

    @Test
    void shouldNumberThePictures() throws Exception {
        Http.Answer answer = http.get("/cameras/front/picture.jpg?after=41");

        assertThat(answer.body()).isEqualTo("jpeg 42");
        assertThat(answer.header("X-Picture-Sequence")).isEqualTo("42");
        assertThat(answer.header("X-Captured-At")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void shouldAnswerAHeadAtOnce() throws Exception {
        Http.Answer answer = http.send(http.request("/cameras/front/stream").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("multipart/x-mixed-replace");
    }

    @Test
    void shouldStreamToSixteenAndNoMoreUntilOneLeaves() throws Exception {
        List<Socket> watching = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                Socket socket = http.open();
                watching.add(socket);
                pictures(watch(socket), 1);
            }
            assertThat(http.get("/cameras/front/stream").status()).isEqualTo(503);
            watching.remove(0).close();
            await("the room of the one who left", () -> {
                try (Socket late = http.open()) {
                    return watch(late).readLine().contains("200");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } finally {
            for (Socket socket : watching) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotHoldUpTheShutdown() throws Exception {
        try (GatewayHarness other = new GatewayHarness(Map.of("shutdownTimeout", Duration.ofMinutes(2)));
                Socket socket = new Http(other).open()) {
            pictures(watch(socket), 1);

            GatewayHarness.await(other.shutDown());
        }
    }
}
