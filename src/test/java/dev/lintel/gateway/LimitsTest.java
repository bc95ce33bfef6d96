package dev.lintel.gateway;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the gateway does when it is asked too much, too slowly, or by somebody who has left. */
@Tag("slow")
@Timeout(60)
class LimitsTest {
    private GatewayHarness gateway;
    private Http http;

    private void start(Map<String, Object> settings) throws Exception {
        gateway = new GatewayHarness(settings);
        http = new Http(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldRefuseALargeUploadByItsAnnouncedLength() throws Exception {
        start(Map.of("maxUpload", 1000L));

        String answer = http.raw("POST /identify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                + "Content-Length: 1000000000\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"payload_too_large\"");
    }

    @Test
    void shouldRefuseALargeUploadOfUnknownLengthBeforeItEnds() throws Exception {
        start(Map.of("maxUpload", 100_000L));

        try (Socket socket = http.open()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /identify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 10; i++) {
                out.write(chunk);
            }
            out.flush();

            assertThat(Http.rest(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void shouldCloseTheConnectionOnAClientThatNeverStopsSending() throws Exception {
        start(Map.of("maxUpload", 100_000L));

        try (Socket socket = http.open()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /identify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                            + "Content-Length: 1000000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[100_000];
            long sent = 0;
            try {
                while (sent < 200_000_000) {
                    out.write(block);
                    sent += block.length;
                }
            } catch (IOException closed) {
                // expected
            }

            assertThat(sent).isLessThan(100_000_000);
        }
    }

    @Test
    void shouldRefuseTooManyOrTooLargeImages() throws Exception {
        start(Map.of("maxUpload", 1000L, "maxRequest", 5000L, "maxFiles", 3));

        assertThat(http.post("/enroll?label=Anna", "anna1", "anna2", "anna3").status())
                .isEqualTo(200);
        assertThat(http.post("/enroll?label=Anna", "a1", "a2", "a3", "a4").status())
                .isEqualTo(413);
        assertThat(http.post("/enroll?label=Anna", "x".repeat(1001)).json().getString("detail"))
                .contains("1000 bytes");
        assertThat(http.post("/identify", "anna1", "anna2").json().getString("code"))
                .isEqualTo("invalid_request");
    }

    @Test
    void shouldTurnAwayWhatIsTooMuchAndSayWhenToComeBack() throws Exception {
        start(Map.of("concurrency", 2, "queueTime", Duration.ZERO));
        gateway.box().hold();

        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(http.sendLater(http.form("/identify", "anna1")));
        }
        await(
                "those turned away",
                () -> answers.stream().filter(CompletableFuture::isDone).count() >= 4);
        gateway.box().release();
        List<Answer> all = answers.stream().map(CompletableFuture::join).toList();

        assertThat(all).filteredOn(a -> a.status() == 200).hasSize(2);
        assertThat(all).filteredOn(a -> a.status() == 503).hasSize(4).allSatisfy(a -> {
            assertThat(a.header("Retry-After")).isEqualTo("1");
            assertThat(a.json().getString("code")).isEqualTo("overloaded");
        });
        assertThat(gateway.box().mostScreenedAtOnce()).isEqualTo(2);
        assertThat(http.get("/metrics").body()).contains("lintel_rejections_total{queue=\"requests\"} 4.0");
        assertThat(http.post("/identify", "anna1").status()).isEqualTo(200);
    }

    @Test
    void shouldLetAFewWaitForTheirTurn() throws Exception {
        start(Map.of("concurrency", 2, "queueTime", Duration.ofSeconds(30)));
        gateway.box().hold();

        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(http.sendLater(http.form("/identify", "anna1")));
        }
        await("those who wait", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"waiting-requests\"} 8.0"));
        assertThat(http.post("/identify", "anna1").status()).isEqualTo(503);
        gateway.box().release();

        assertThat(answers.stream().map(CompletableFuture::join))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(gateway.box().mostScreenedAtOnce()).isEqualTo(2);
        await("the meter", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"waiting-requests\"} 0.0"));
    }

    @Test
    void shouldTurnAwayWhoHasWaitedLongEnough() throws Exception {
        start(Map.of("concurrency", 1, "queueTime", Duration.ofMillis(50)));
        gateway.box().hold();
        CompletableFuture<Answer> first = http.sendLater(http.form("/identify", "anna1"));
        await("the first", () -> !gateway.box().screened().isEmpty());

        Answer second = http.post("/identify", "anna1");
        gateway.box().release();

        assertThat(second.status()).isEqualTo(503);
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(first.join().status()).isEqualTo(200);
    }

    /** A client that looks for the answer only when it has sent everything sees it, and knows that the connection is done. */
    @Test
    void shouldLetTheAnswerArriveThoughTheBodyIsTooLarge() throws Exception {
        start(Map.of("maxUpload", 100_000L, "maxRequest", 10_000_000L));
        byte[] body = new byte[15_000_000];

        for (int i = 0; i < 8; i++) {
            Answer answer = http.send(http.request("/identify")
                    .header("Content-Type", "image/jpeg")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body)));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
        }
        try (Socket socket = http.open()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n" + "Content-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);

            assertThat(Http.rest(socket)).startsWith("HTTP/1.1 404").containsIgnoringCase("\r\nConnection: close");
        }
        assertThat(http.post("/identify", "anna1").status()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheConnectionOfARequestThatWasReadToItsEnd() throws Exception {
        start(Map.of());

        Answer refused = http.post("/identify", "nobody");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Connection")).isNull();
    }

    /** Whoever is answered at once, though nothing of the request is to come, may ask again on the same connection. */
    @Test
    void shouldKeepTheConnectionOfARequestWithoutABody() throws Exception {
        start(Map.of());
        try (Socket socket = http.open()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream()
                        .write("DELETE /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(Http.next(socket)).startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    void shouldHoldNoMoreUploadsInMemoryThanConfigured() throws Exception {
        start(Map.of("maxUpload", 50_000L, "maxRequest", 50_000L, "maxBuffered", 60_000L));

        try (Socket first = http.open()) {
            first.getOutputStream()
                    .write(("POST /detect HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                                    + "Content-Length: 40000\r\n\r\n" + "x".repeat(39_000))
                            .getBytes(StandardCharsets.US_ASCII));
            first.getOutputStream().flush();
            await("the meter", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"upload-bytes\"} 39000.0"));

            assertThat(http.post("/detect", "%".repeat(40_000)).status()).isEqualTo(503);
        }
        await("the meter", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"upload-bytes\"} 0.0"));
        assertThat(http.post("/detect", "%".repeat(40_000)).json().getString("code"))
                .isEqualTo("unreadable_image");
        await("the meter", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"upload-bytes\"} 0.0"));
    }

    @Test
    void shouldGiveUpOnAnUploadThatTrickles() throws Exception {
        start(Map.of("uploadTimeout", Duration.ofMillis(300)));

        String answer = http.raw("POST /detect HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                + "Content-Length: 1000\r\n\r\nslow");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("upload_timeout");
    }

    /** 120 MB that were gathered before they were read killed a heap of 231 MB. */
    @Test
    void shouldReadAnImportAsItArrives() throws Exception {
        start(Map.of("uploadTimeout", Duration.ofMinutes(5), "maxImport", 1_000_000L));
        String head = "POST /import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

        try (Socket socket = http.open()) {
            socket.getOutputStream()
                    .write((head
                                    + "Content-Length: 900000\r\n\r\n{\"format\":\"lintel-gallery-1\",\"templates\":[{\"label\":7},"
                                    + " ".repeat(100_000))
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes(12);
            assertThat(new String(begin, StandardCharsets.US_ASCII))
                    .as("before the rest has come")
                    .isEqualTo("HTTP/1.1 400");
        }
        try (Socket socket = http.open()) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"other\":\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("4000\r\n" + " ".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 80; i++) {
                out.write(chunk);
            }
            out.flush();
            assertThat(Http.rest(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void shouldNotWaitForAnImportThatTrickles() throws Exception {
        start(Map.of("uploadTimeout", Duration.ofMillis(300)));

        assertThat(http.raw("POST /import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{"))
                .startsWith("HTTP/1.1 408");
    }

    @Test
    void shouldCloseAConnectionWithoutARequest() throws Exception {
        start(Map.of("idleTimeout", Duration.ofSeconds(1), "headerTimeout", Duration.ofSeconds(1)));

        assertThat(http.raw("GET /health HTTP/1.1\r\nHost: loc")).isEmpty();
        assertThat(http.raw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    /** 300 that trickled locked 79 of 82 others out. */
    @Test
    void shouldLetOthersInBesideSlowSockets() throws Exception {
        start(Map.of("maxConnections", 64, "headerTimeout", Duration.ofMinutes(1)));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                Socket socket = http.open();
                slow.add(socket);
                socket.getOutputStream()
                        .write("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                                .getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 80; i++) {
                assertThat(http.raw("GET /list HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
                socketsTrickle(slow);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static void socketsTrickle(List<Socket> slow) {
        for (Socket socket : slow) {
            try {
                socket.getOutputStream().write('x');
            } catch (IOException closed) {
                // it made room for another one
            }
        }
    }

    @Test
    void shouldNotWaitForAHeadThatTrickles() throws Exception {
        start(Map.of("headerTimeout", Duration.ofSeconds(1)));

        try (Socket socket = http.open()) {
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
            long sent = 0;
            try {
                for (; sent < 1_000_000; sent++) {
                    socket.getOutputStream().write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
                    if (socket.getInputStream().available() > 0) {
                        break;
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                }
            } catch (IOException closed) {
                // expected
            }
            assertThat(sent).isLessThan(100);
        }
    }

    /** Without an account, logging in is all that a body is read for. */
    @Test
    void shouldNotWaitForTheBodyOfAStrangerAsLong() throws Exception {
        start(Map.of("headerTimeout", Duration.ofMillis(300), "uploadTimeout", Duration.ofMinutes(5)));

        String answer = http.raw("POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Origin: http://localhost\r\nContent-Length: 1000\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 408");
    }

    /** What waits to be read by a client is bounded, and a client that reads nothing does not stay. */
    @Test
    void shouldCutOffWhoDoesNotReadTheAnswer() throws Exception {
        start(Map.of("idleTimeout", Duration.ofSeconds(1)));

        try (Socket socket = http.open()) {
            String request = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.repeat(50).getBytes(StandardCharsets.US_ASCII));
            await("who is let in", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"connections\"} 1.0"));
            await("who is cut off", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"connections\"} 0.0"));
        }
        assertThat(http.get("/health").status()).isEqualTo(200);
    }

    @Test
    void shouldNotCutOffWhoWaitsForLongWork() throws Exception {
        start(Map.of("idleTimeout", Duration.ofMillis(200), "requestTimeout", Duration.ofSeconds(2)));
        gateway.box().hold();

        assertThat(http.post("/identify", "anna1").status()).isEqualTo(503);
    }

    @Test
    void shouldOpenNoMoreConnectionsThanConfigured() throws Exception {
        start(Map.of("maxConnections", 2));

        try (Socket a = http.open();
                Socket b = http.open()) {
            a.getOutputStream().write("GET".getBytes(StandardCharsets.US_ASCII));
            b.getOutputStream().write("GET".getBytes(StandardCharsets.US_ASCII));
            await("the meter", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"connections\"} 2.0"));
            try (Socket c = http.open()) {
                c.getOutputStream().write("GET".getBytes(StandardCharsets.US_ASCII));
                assertThat(a.getInputStream().read())
                        .as("the oldest that asked for nothing makes room")
                        .isEqualTo(-1);
                assertThat(gateway.metrics()).contains("lintel_queue_depth{queue=\"connections\"} 2.0");
            }
        }
        await("the meter", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"connections\"} 0.0"));
        assertThat(http.get("/health").status()).isEqualTo(200);
    }

    @Test
    void shouldAnswer503WhenTheWorkTakesTooLong() throws Exception {
        start(Map.of("requestTimeout", Duration.ofMillis(200)));
        gateway.box().hold();

        Answer answer = http.post("/identify", "anna1");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getString("code")).isEqualTo("timeout");
        assertThat(gateway.box().screened().get(0).deadline().expired()).isTrue();
    }

    @Test
    void shouldCancelWorkWhoseClientHasLeft() throws Exception {
        start(Map.of());
        gateway.box().hold();
        byte[] form = Http.formBody("anna1");

        try (Socket socket = http.open()) {
            socket.getOutputStream().write(Http.head("POST", "/identify", form).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(form);
            await("the question", () -> !gateway.box().screened().isEmpty());
            assertThat(gateway.box().screened().get(0).deadline().expired()).isFalse();
        }

        await(
                "the end of the wait",
                () -> gateway.box().screened().get(0).deadline().expired());
        await(
                "the meter",
                () -> gateway.metrics().contains("outcome=\"client_gone\",route=\"identify\",status=\"499\""));
    }

    @Test
    void shouldFinishAtShutdownWhatItAccepted() throws Exception {
        start(Map.of());
        gateway.box().hold();
        CompletableFuture<Answer> accepted = http.sendLater(http.form("/identify", "anna1"));
        await("the question", () -> !gateway.box().screened().isEmpty());

        var closed = gateway.shutDown();
        await("nobody is let in any more", () -> {
            try (Socket late = http.open()) {
                return false;
            } catch (IOException refused) {
                return true;
            }
        });
        gateway.box().release();

        assertThat(accepted.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        GatewayHarness.await(closed);
    }

    @Test
    void shouldNotWaitForeverAtShutdown() throws Exception {
        start(Map.of("shutdownTimeout", Duration.ofMillis(300), "requestTimeout", Duration.ofSeconds(60)));
        gateway.box().hold();
        CompletableFuture<Answer> accepted = http.sendLater(http.form("/identify", "anna1"));
        await("the question", () -> !gateway.box().screened().isEmpty());

        GatewayHarness.await(gateway.shutDown());

        assertThat(accepted).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void shouldAskForTheBodyOnlyAfterTheRestIsRight() throws Exception {
        start(Map.of());
        byte[] form = Http.formBody("anna1");

        assertThat(http.raw(expecting("/identify?top=0", form))).startsWith("HTTP/1.1 400");
        try (Socket socket = http.open()) {
            socket.getOutputStream().write(expecting("/identify?top=1", form).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(form);
            assertThat(Http.rest(socket)).startsWith("HTTP/1.1 200");
        }
    }

    private static String expecting(String address, byte[] form) {
        return Http.head("POST", address, form).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
    }
}
