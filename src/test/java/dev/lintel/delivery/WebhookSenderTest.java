package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Names;
import dev.lintel.access.Naming;
import dev.lintel.delivery.Sender.Sent;
import dev.lintel.delivery.Sender.Sent.Result;
import dev.lintel.testkit.Configs;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSenderTest {
    private static final String SECRET = "0123456789abcdef-secret";
    private static final byte[] KEY = new byte[32];

    private record Received(String path, MultiMap headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile java.util.function.Consumer<HttpServerRequest> answer =
            request -> request.response().end("thanks");
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(new Received(request.path(), request.headers(), body.toString()));
                    answer.accept(request);
                }))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private WebhookConfig config(Names names, Duration timeout) {
        return Configs.with(
                Configs.of(
                        WebhookConfig.class,
                        "name: hook",
                        "url: http://127.0.0.1:" + server.actualPort() + "/hook",
                        "headers: {Authorization: Bearer xyz}"),
                Map.of("names", names, "timeout", timeout));
    }

    private Sent send(Names names, String secret, DoorEvent event) throws Exception {
        WebhookConfig config = config(names, Duration.ofSeconds(5));
        return await(
                sender(config, secret, Pseudonyms.naming(names, "hook", KEY)).send(Events.recorded(7, event)));
    }

    private Sender sender(WebhookConfig config, String secret, Naming naming) {
        HttpTarget target = new HttpTarget(
                HttpTarget.client(vertx, config.caFile()),
                config.address(),
                config.headers(),
                config.timeout(),
                () -> Events.NOW);
        return new WebhookSender(target, secret, naming, () -> Events.NOW, "Lintel/1");
    }

    @Test
    void shouldTellAllThatIsKnownOfADecision() throws Exception {
        DoorEvent event = Events.granted("1", Events.ANNA, Events.NOW.minusMillis(250));

        assertThat(send(Names.FULL, null, event)).isEqualTo(Sent.delivered());

        Received got = received.take();
        assertThat(got.path()).isEqualTo("/hook");
        assertThat(got.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(got.headers().get("Lintel-Event")).isEqualTo("decision");
        assertThat(got.headers().get("Lintel-Id")).isEqualTo(event.id().toString());
        assertThat(got.headers().get("Authorization")).isEqualTo("Bearer xyz");
        assertThat(got.headers().contains("Lintel-Signature")).isFalse();
        assertThat(got.json()).isEqualTo(new JsonObject("""
                        {"v": 2, "names": "full", "id": "%s", "sequence": 7, "kind": "decision",
                         "at": "2026-11-25T07:59:59.750Z", "visit": "%s", "seen_at": "2026-11-25T07:59:59.750Z", "age_ms": 250,
                         "door": "main", "camera": "front", "direction": "in", "label": "Anna Ärger",
                         "detail": "asked within the hours of the group",
                         "findings": [{"code": "asked within the hours of the group", "numbers": {}}],
                         "decision": {"verdict": "granted", "rule": "schedule", "passage": "at_once", "sighting": {
                           "id": "%s", "first_seen": "2026-11-25T07:59:59.750Z", "usable": "2026-11-25T07:59:59.750Z",
                           "frames": 9, "embedded": 3, "identity": "known", "similarity": 0.7, "distance": 0.41,
                           "threshold": 0.55, "margin": 0.2, "model": "m",
                           "liveness": {"state": "live", "score": 0.9,
                             "reasons": ["the score 0.90, 0.75 is needed", "the face has depth: the nose moved against it by 5 %%"],
                             "findings": [{"code": "live-score", "numbers": {"found": 0.9, "needed": 0.75}},
                                          {"code": "depth", "numbers": {"percent": 5.0}}]}}}}
                        """.formatted(
                        event.id(), event.visit().id(), event.id())));
    }

    @Test
    void shouldSignTheTimestampAndTheBody() throws Exception {
        send(Names.FULL, SECRET, Events.granted("1", Events.ANNA));

        Received got = received.take();
        String timestamp = got.headers().get("Lintel-Timestamp");
        assertThat(timestamp).isEqualTo(Long.toString(Events.NOW.getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected =
                HexFormat.of().formatHex(mac.doFinal((timestamp + "." + got.body()).getBytes(StandardCharsets.UTF_8)));
        assertThat(got.headers().get("Lintel-Signature")).isEqualTo("sha256=" + expected);
    }

    /** As RFC 4231, test case 2. */
    @Test
    void shouldSignAsTheStandardHasIt() {
        assertThat(Keys.hmac("Jefe".getBytes(StandardCharsets.UTF_8), "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @ParameterizedTest
    @CsvSource({"IDS", "NONE"})
    void shouldLetNoNameOut(Names names) throws Exception {
        send(names, SECRET, Events.granted("1", Events.ANNA));
        send(names, SECRET, Events.stranger("2"));

        for (Received got : List.of(received.take(), received.take())) {
            assertThat(got.body()).doesNotContain("Anna").doesNotContain("rger");
            assertThat(got.headers().toString()).doesNotContain("Anna");
        }
    }

    @Test
    void shouldGiveAPersonOneIdAtOneTargetAndAnotherAtTheNext() {
        Naming hook = Pseudonyms.naming(Names.IDS, "hook", KEY);
        Naming other = Pseudonyms.naming(Names.IDS, "other", KEY);
        byte[] otherKey = KEY.clone();
        otherKey[0] = 1;

        assertThat(hook.of(Events.ANNA))
                .matches("[0-9a-f]{24}")
                .isEqualTo(Pseudonyms.naming(Names.IDS, "hook", KEY).of(Events.ANNA))
                .isNotEqualTo(hook.of(Events.BO))
                .isNotEqualTo(other.of(Events.ANNA))
                .isNotEqualTo(Pseudonyms.naming(Names.IDS, "hook", otherKey).of(Events.ANNA));
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "204, DELIVERED",
        "301, FAILED",
        "307, FAILED",
        "400, REFUSED",
        "401, FAILED",
        "403, FAILED",
        "404, FAILED",
        "408, FAILED",
        "413, FAILED",
        "422, REFUSED",
        "425, FAILED",
        "429, FAILED",
        "500, FAILED",
        "503, FAILED"
    })
    void shouldTellTheTargetsFaultFromTheEvents(int status, Result result) throws Exception {
        answer = request -> request.response()
                .setStatusCode(status)
                .putHeader("Location", "/elsewhere")
                .end();

        assertThat(send(Names.FULL, null, Events.stranger("1")).result()).isEqualTo(result);
        assertThat(received).extracting(Received::path).containsExactly("/hook");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17|17",
                "Wed, 25 Nov 2026 08:02:00 GMT|120",
                "Wed, 25 Nov 2026 07:00:00 GMT|0",
                "soon|0",
                "-5|0",
                "99999999999|0"
            })
    void shouldHearWhenToComeBack(String header, long seconds) throws Exception {
        answer = request -> request.response()
                .setStatusCode(503)
                .putHeader("Retry-After", header)
                .end();

        assertThat(send(Names.FULL, null, Events.stranger("1")).rest()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldNotWaitForATargetThatDoesNotAnswer() throws Exception {
        answer = request -> {};
        Sender sender =
                sender(config(Names.FULL, Duration.ofMillis(50)), null, Pseudonyms.naming(Names.FULL, "hook", null));

        assertThat(await(sender.send(Events.recorded(1, Events.stranger("1")))).result())
                .isEqualTo(Result.FAILED);
    }

    @Test
    void shouldNotReadAnEndlessAnswer() throws Exception {
        answer = request -> {
            request.response().setChunked(true);
            stream(request);
        };

        assertThat(send(Names.FULL, null, Events.stranger("1")).result()).isEqualTo(Result.DELIVERED);
    }

    private static void stream(HttpServerRequest request) {
        request.response().write(Buffer.buffer(new byte[16384])).onSuccess(v -> stream(request));
    }

    /** A drop at a time is never idle: only the clock ends it. */
    @Test
    void shouldNotWaitForTheEndOfAnAnswerThatDrips() throws Exception {
        answer = request -> {
            request.response().setChunked(true).write("a");
            vertx.setPeriodic(50, tick -> request.response().write("b"));
        };
        WebhookConfig config = config(Names.NONE, Duration.ofMillis(600));
        Sent sent = await(sender(config, null, Pseudonyms.naming(Names.NONE, "hook", KEY))
                .send(Events.recorded(7, Events.granted("1", Events.ANNA, Events.NOW))));

        assertThat(sent).isEqualTo(Sent.delivered());
    }

    @Test
    void shouldFailWhereNobodyListens() throws Exception {
        await(server.close());

        assertThat(send(Names.FULL, null, Events.stranger("1")).result()).isEqualTo(Result.FAILED);
    }
}
