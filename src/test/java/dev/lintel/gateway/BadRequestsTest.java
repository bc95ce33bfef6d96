package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong get a problem that says how, whatever is wrong, and never a 5xx. */
@Timeout(60)
class BadRequestsTest {
    private static final String FORM = "multipart/form-data; boundary=b";
    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(
                Map.of("hostNames", List.of("Door.example"), "origins", List.of("https://desk.example")));
        http = new Http(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "--b",
                "--b--",
                "--b\r\n",
                "--b\r\n--b--",
                "--b\r\n\r\n--b--",
                "--b\r\n\r\nx\r\n--b--",
                "--c\r\n" + FILE + "x\r\n--c--",
                "--b\r\n" + FILE,
                "--b\r\n" + FILE + "anna1",
                "--b\r\n" + FILE + "anna1\r\n",
                "--b\r\n" + FILE + "anna1\r\n--b",
                "--b\r\n" + FILE + "anna1\r\n--b\r\n",
                "--b\r\n" + FILE + "anna1\r\n--bx\r\n",
                "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nanna1\r\n--b--",
                "--b\r\nContent-Transfer-Encoding: uuencode\r\n" + FILE + "YW5uYTE=\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b--"
            })
    void shouldRefuseAFormThatIsBroken(String body) throws Exception {
        Answer answer = http.send(http.request("POST", "/identify", FORM, body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isIn("invalid_request", "missing_image");
        assertThat(answer.json().getString("detail")).hasSizeGreaterThan(20);
    }

    @Test
    void shouldTakeFormsAsDifferentClientsMakeThem() throws Exception {
        for (String body : new String[] {
            "--b\r\n" + FILE + "anna1\r\n--b--\r\n",
            "--b\r\n" + FILE + "anna1\r\n--b--",
            "preamble\r\n--b\r\n" + FILE + "anna1\r\n--b--\r\nepilogue",
            "--b  \r\n" + FILE + "anna1\r\n--b--\r\n",
            "--b\r\nContent-Type: image/jpeg\r\ncontent-disposition:form-data;name=file;filename=a.jpg\r\n\r\nanna1\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".jpg\"\r\n\r\nanna1\r\n--b--"
        }) {
            assertThat(http.send(http.request("POST", "/detect", FORM, body)).status())
                    .as(body)
                    .isEqualTo(200);
        }
        assertThat(http.send(http.request(
                                "POST",
                                "/detect",
                                "multipart/form-data; charset=utf-8; boundary=\"b\"",
                                "--b\r\n" + FILE + "anna1\r\n--b--"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldKeepBytesThatLookLikeABoundary() throws Exception {
        String body = "--b\r\n" + FILE + "\r\n--\r\n-b\r\n%\r\n--b--";

        assertThat(http.send(http.request("POST", "/detect", FORM, body)).json().getString("code"))
                .isEqualTo("unreadable_image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'kind':'added','reason':'x','note':'y'}|the body has no property 'note'; it may have at, direction, id, kind, label, reason, target",
                "{'kind':'added'}|the body lacks 'reason'",
                "{'kind':'gone','reason':'x'}|'kind' must be one of added, replaced, voided",
                "[1]|the body must be a JSON object"
            })
    void shouldNameThePropertyOfABodyThatIsWrong(String body, String fault) throws Exception {
        Answer answer =
                http.send(http.request("POST", "/attendance/corrections", "application/json", body.replace('\'', '"')));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,415",
        "application/json,400",
        "application/x-www-form-urlencoded,400",
        "multipart/mixed,415",
        "video/mp4,415"
    })
    void shouldRefuseWhatIsNotSentAsAnImage(String type, int status) throws Exception {
        Answer answer = http.send(http.request("POST", "/identify", type, "anna1"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("detail")).containsAnyOf("curl", "base64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: 127.0fy HTTP/1.1\r\nHost: 127.0.0.1\r\n",
                "Host: 127.0.0.1: multipart/form-data\r\n",
                "Host: a b\r\n"
            })
    void shouldRefuseAHostThatCannotBeRead(String host) throws Exception {
        for (String version : new String[] {"1.0", "1.1"}) {
            assertThat(http.raw("GET /health HTTP/" + version + "\r\n" + host + "Connection: close\r\n\r\n"))
                    .contains(" 400 ")
                    .contains("application/problem+json");
        }
    }

    @Test
    void shouldRefuseACompressedBody() throws Exception {
        assertThat(http.send(http.request("POST", "/identify", "image/jpeg", "anna1")
                                .header("Content-Encoding", "gzip"))
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "tau=x",
        "tau=-1",
        "tau=NaN",
        "tau=1e999",
        "tau=11",
        "tau=",
        "tau=true",
        "top=0",
        "top=101",
        "top=1.5",
        "top=x",
        "faces=some",
        "tua=0.5",
        "tau=0.5&tau=0.6",
        "top=99999999999999999999"
    })
    void shouldRefuseParametersThatTheContractDoesNotKnow(String query) throws Exception {
        Answer answer = http.post("/identify?" + query, "anna1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isEqualTo("invalid_request");
        assertThat(answer.json().getString("detail")).contains(query.split("=")[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/enroll,405",
        "PUT,/people/x,405",
        "POST,/health,405",
        "GET,/nothing,404",
        "GET, /person, 404",
        "GET,/../x,404",
        "POST,/,404",
        "DELETE,/list,405",
        "GET,/docs/../openapi.yaml,404",
        "GET,/web/index.html,404"
    })
    void shouldSayThatThereIsNothingOrNotByThisMethod(String method, String path, int status) throws Exception {
        String answer = http.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json")
                .contains("request_id");
        if (status == 405) {
            assertThat(answer).containsIgnoringCase("\r\nAllow: ");
        }
    }

    @Test
    void shouldSayWhichMethodsAnAddressTakes() throws Exception {
        Answer answer = http.send(http.request("/people/x").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE|400",
                "GET|4",
                "GET /people/%zz HTTP/1.1|400",
                "GET /people/%E4 HTTP/1.1|400",
                "GET * HTTP/1.1|4",
                "GET foo HTTP/1.1|4",
                "GET http://localhost/health HTTP/1.1|2",
                "GET /list?after=%zz HTTP/1.1|400",
                "GET /health?x=1 HTTP/1.1|400",
                "BREW /health HTTP/1.1|405"
            })
    void shouldSurviveBrokenRequestLines(String line, String status) throws Exception {
        String answer = http.raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + ".*");
        assertThat(http.get("/health").status()).isEqualTo(200);
    }

    /** Found by the fuzz test, twice in 25,000: the second line broke the connection while the first was routed. */
    @RepeatedTest(20)
    void shouldBearGarbageThatFollowsARequest() throws Exception {
        assertThat(http.raw("POST /identify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\n\r\n\u0001\u0002 \u00ff\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("HTTP/1.1 500");
    }

    @Test
    void shouldRefuseHugeHeadersAndAddresses() throws Exception {
        assertThat(http.raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("\"invalid_request\"");
        assertThat(http.raw("GET /list?after=" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains(" 414 ", "problem+json");
    }

    @Test
    void shouldTakeASaneRequestIdAndReplaceAnother() throws Exception {
        assertThat(http.send(http.request("/health").header("X-Request-Id", "abc-1"))
                        .header("X-Request-Id"))
                .isEqualTo("abc-1");
        assertThat(http.send(http.request("/health").header("X-Request-Id", "a b"))
                        .header("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void shouldRefuseOtherWebSites() throws Exception {
        String head =
                "POST /identify HTTP/1.1\r\nContent-Type: image/jpeg\r\nConnection: close\r\nContent-Length: 5\r\n";

        assertThat(http.raw(head + "Host: evil.example\r\n\r\nanna1"))
                .startsWith("HTTP/1.1 403")
                .contains("host-names");
        assertThat(http.raw(head + "Host: localhost:1\r\nOrigin: http://evil.example\r\n\r\nanna1"))
                .startsWith("HTTP/1.1 403");
        assertThat(http.raw(head + "Host: localhost:1\r\nOrigin: null\r\n\r\nanna1"))
                .startsWith("HTTP/1.1 403");
        assertThat(http.raw(head + "Host: localhost:1\r\nOrigin: http://localhost:1\r\n\r\nanna1"))
                .startsWith("HTTP/1.1 200");
        assertThat(http.raw(head + "Host: localhost:1\r\nOrigin: https://door.example\r\n\r\nanna1"))
                .startsWith("HTTP/1.1 200");
        assertThat(http.raw(head + "Host: door.example\r\n\r\nanna1")).startsWith("HTTP/1.1 200");
        assertThat(http.raw(head + "Host: [::1]:1\r\nOrigin: http://[::1]:1\r\n\r\nanna1"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldLetPagesOfTheConfiguredOriginsIn() throws Exception {
        String origin = "Origin: https://desk.example\r\n";
        String before = http.raw("OPTIONS /people/x HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n" + origin
                + "Access-Control-Request-Method: DELETE\r\n\r\n");
        String answer = http.raw("POST /identify HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n" + origin
                + "Content-Type: image/jpeg\r\nContent-Length: 5\r\n\r\nanna1");
        String other = http.raw("OPTIONS /people/x HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n"
                + "Origin: https://evil.example\r\nAccess-Control-Request-Method: DELETE\r\n\r\n");

        assertThat(before)
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("access-control-allow-origin: https://desk.example\r\n")
                .containsIgnoringCase("access-control-allow-methods: GET, HEAD, POST, PUT, PATCH, DELETE")
                .containsIgnoringCase("access-control-allow-headers: Content-Type, X-API-Key");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("access-control-allow-origin: https://desk.example\r\n")
                .containsIgnoringCase("vary: origin");
        assertThat(other).startsWith("HTTP/1.1 204").doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void shouldAnswerConditionsAndOptionsAboutThePage() throws Exception {
        String tag = http.get("/docs").header("ETag");
        for (String condition : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
            assertThat(http.send(http.request("/docs").header("If-None-Match", condition))
                            .status())
                    .as(condition)
                    .isEqualTo(304);
        }
        assertThat(http.send(http.request("/docs").header("If-None-Match", "\"x\""))
                        .status())
                .isEqualTo(200);
        Answer options = http.send(http.request("/docs").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void shouldZipWhatIsTextForWhoTakesIt() throws Exception {
        Answer plain = http.get("/app.css");
        assertThat(plain.header("Content-Encoding")).isNull();
        Answer zipped = http.send(http.request("/app.css").header("Accept-Encoding", "br, gzip;q=0.8"));
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(zipped.header("ETag")).as("another tag").isNotEqualTo(plain.header("ETag"));
        assertThat(http.send(http.request("/app.css")
                                .header("Accept-Encoding", "gzip")
                                .header("If-None-Match", zipped.header("ETag")))
                        .status())
                .isEqualTo(304);
        assertThat(http.send(http.request("/app.css").header("Accept-Encoding", "gzip;q=0"))
                        .header("Content-Encoding"))
                .isNull();
    }

    @Test
    void shouldServeThePageAndTheDocumentationFromTheJar() throws Exception {
        for (String asset :
                new String[] {"/docs", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/initializer.js"}) {
            Answer answer = http.get(asset);

            assertThat(answer.status()).as(asset).isEqualTo(200);
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'self'")
                    .contains("frame-ancestors 'none'");
            assertThat(http.send(http.request(asset).header("If-None-Match", answer.header("ETag")))
                            .status())
                    .isEqualTo(304);
        }
        assertThat(http.get("/docs").body()).doesNotContain("http:").doesNotContain("https:");
        assertThat(http.get("/docs/initializer.js").body())
                .contains("validatorUrl: null")
                .contains("'/openapi.json'");
    }

    @Test
    void shouldSendHeadersThatKeepBrowsersCareful() throws Exception {
        Answer answer = http.get("/list");

        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }
}
