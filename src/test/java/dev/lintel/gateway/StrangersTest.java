package dev.lintel.gateway;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lintel.accounts.Role;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the box tells those whom it does not know, and what they can make it write. */
@Timeout(60)
class StrangersTest {
    private static final String KEY = "identify-0123456789";

    private final Logger log = (Logger) LoggerFactory.getLogger("ROOT");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private GatewayHarness gateway;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("door", Role.IDENTIFY, Optional.empty(), Optional.of(KEY)))));
        http = new Http(gateway);
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void stop() {
        log.detachAppender(said);
        gateway.close();
    }

    @Test
    void shouldTellStrangersWhetherItWorksAndNoMore() throws Exception {
        Http.Answer ready = http.get("/ready");

        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json()).isEqualTo(new JsonObject().put("ready", true));
        assertThat(http.get("/version").json()).isEqualTo(new JsonObject().put("name", "Lintel"));
        assertThat(http.get("/health").json()).isEqualTo(new JsonObject().put("status", "ok"));
    }

    @Test
    void shouldTellMoreToThoseItKnows() throws Exception {
        assertThat(http.send(http.request("/ready").header("X-API-Key", KEY))
                        .json()
                        .getJsonArray("components"))
                .hasSizeGreaterThan(3);
        assertThat(http.send(http.request("/version").header("X-API-Key", KEY))
                        .json()
                        .fieldNames())
                .contains("version", "models", "time_zone", "java");
        assertThat(http.send(http.request("/ready").header("X-API-Key", "wrong"))
                        .status())
                .isEqualTo(401);
    }

    /** A page elsewhere can make a browser ask; it gets no answer that a session would be needed for, also to a GET. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "Cross-Site"})
    void shouldAnswerNoPageOfAnotherSite(String from) throws Exception {
        for (String path : new String[] {"/list", "/ready", "/health", "/cameras"}) {
            String answer = http.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: "
                    + KEY + "\r\nSec-Fetch-Site: " + from + "\r\n\r\n");
            assertThat(answer).as(path).startsWith("HTTP/1.1 403");
        }
        String page = http.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Mode: navigate\r\n"
                + "Sec-Fetch-Site: " + from + "\r\n\r\n");
        assertThat(page).as("a link to the page itself").startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldCostOneQuietLineWhereAClientHangsUp() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Socket upload = http.open()) {
                upload.getOutputStream()
                        .write(("POST /detect HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY
                                        + "\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\nhalf")
                                .getBytes(StandardCharsets.US_ASCII));
                upload.setSoLinger(i % 2 == 0, 0);
            }
            try (Socket download = http.open()) {
                download.getOutputStream()
                        .write("GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .repeat(3)
                                .getBytes(StandardCharsets.US_ASCII));
                download.getInputStream().read();
                download.setSoLinger(i % 2 == 0, 0);
            }
        }
        await("all are gone", () -> gateway.metrics().contains("lintel_queue_depth{queue=\"connections\"} 0.0"));

        assertThat(said.list.stream()
                        .filter(line ->
                                line.getLevel().isGreaterOrEqual(Level.WARN) || line.getThrowableProxy() != null))
                .isEmpty();
    }
}
