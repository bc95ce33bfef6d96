package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that a proxy in front of the box may read in another way than the box (RFC 9112, sections 2.2, 5.2 and 6.3): who
 * sends them could hide one request in another. Each is refused, and the connection closed.
 */
@Timeout(60)
class AmbiguousRequestsTest {
    private static final String HIDDEN = "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(Map.of("idleTimeout", java.time.Duration.ofSeconds(2)));
        http = new Http(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // both lengths, in either order
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 5~Transfer-Encoding: chunked~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~Content-Length: 5~~0~~",
                // two lengths, one after another or in one line, also the same twice
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 5~Content-Length: 0~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 0~Content-Length: 5~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 0, 5~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 0~Content-Length: 0~~",
                // lengths that some read as numbers
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: +0~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: -5~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 0x0~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 0 0~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length:~~",
                "POST /detect HTTP/1.1~Host: localhost~Content-Length: 99999999999999999999~~",
                // encodings that are not known, or not the last
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: gzip~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: gzip, chunked~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: chunked, gzip~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: chunked, chunked~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: xchunked~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: \"chunked\"~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: \u000bchunked~~0~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding: identity~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding:~~",
                "POST /detect HTTP/1.0~Host: localhost~Transfer-Encoding: chunked~~0~~",
                // lines that go on
                "GET /health HTTP/1.1~Host: localhost~X-Long: one~ two~~",
                "GET /health HTTP/1.1~Host: localhost~X-Long: one~\ttwo~~",
                "GET /health HTTP/1.1~ Host: localhost~Host: localhost~~",
                // a blank before the colon
                "POST /detect HTTP/1.1~Host: localhost~Content-Length : 5~~",
                "POST /detect HTTP/1.1~Host: localhost~Transfer-Encoding : chunked~~0~~",
                // half line ends, control characters
                "GET /health HTTP/1.1\nHost: localhost\n\n",
                "GET /health HTTP/1.1~Host: localhost\nX: y~~",
                "GET /health HTTP/1.1~Host: localhost~X: a\rContent-Length: 5~~",
                "GET /health HTTP/1.1~Host: localhost~X: a\u0000b~~",
                "GET /health HTTP/1.1~Host: localhost~X\u0000: b~~",
                // more than one host, or none
                "GET /health HTTP/1.1~Host: localhost~Host: localhost~~",
                "GET /health HTTP/1.1~Host: localhost~Host: evil.example~~",
                "GET /health HTTP/1.1~Host: localhost, evil.example~~",
                "GET /health HTTP/1.1~X: y~~",
                "GET http://evil.example/health HTTP/1.1~Host: localhost~~",
                // no such versions
                "GET /health HTTP/1.2~Host: localhost~~",
                "GET /health HTTP/2.0~Host: localhost~~",
                "GET /health http/1.1~Host: localhost~~",
                "GET  /health HTTP/1.1~Host: localhost~~",
                "GET\t/health HTTP/1.1~Host: localhost~~"
            })
    void shouldRefuseWhatCanBeReadInTwoWays(String request) throws IOException {
        String answer = http.raw(request.replace("~", "\r\n") + HIDDEN);

        assertThat(answer).matches("(?s)HTTP/1\\.[01] 400 .*").contains("application/problem+json");
        assertThat(answer.split("HTTP/1\\.[01] \\d\\d\\d", -1)).as("answers").hasSize(2);
    }

    /** The request has begun by then, so that there may be no answer to it; there is none to what is hidden in it. */
    @ParameterizedTest
    @ValueSource(strings = {"5\nhello~0~~", "5 ;x=\n~hello~0~~", "0x5~hello~0~~", "-5~hello~0~~", "5~hello0~~"})
    void shouldCloseWhereChunksCanBeReadInTwoWays(String chunks) throws IOException {
        String head = "POST /detect HTTP/1.1~Host: localhost~Content-Type: image/jpeg~Transfer-Encoding: chunked~~";

        String answer = http.raw((head + chunks).replace("~", "\r\n") + HIDDEN);

        assertThat(answer).doesNotContain("\"Lintel\"").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void shouldReadNoMoreHeaderFieldsThanProgramsSend() throws IOException {
        String head = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

        assertThat(http.raw(head + "a: b\r\n".repeat(98) + "\r\n")).contains(" 200 ");
        assertThat(http.raw(head + "a: b\r\n".repeat(99) + "\r\n")).contains(" 431 ");
    }

    @Test
    void shouldAnswerRequestsThatFollowOneAnotherInTheirOrder() throws IOException {
        String answer = http.raw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN
                + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer.split("HTTP/1\\.1 200", -1)).hasSize(4);
        assertThat(answer).containsSubsequence("\"ok\"", "Lintel", "\"ok\"");
    }
}
