package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorsOverHttpTest {
    private static final Instant FIRST = Instant.parse("2026-11-25T08:00:00Z");
    private static final Instant LAST = Instant.parse("2026-11-25T17:30:00Z");
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

    @BeforeEach
    void twoWereSeen() {
        gateway.box().forgetEverything();
        gateway.box().visited(7, "vera1", 3, 2, FIRST, LAST, "front", "yard");
        gateway.box().visited(8, "post1", 1, 0, LAST, LAST, "front");
    }

    @Test
    void shouldListWhoWasSeenWithoutAVector() throws Exception {
        JsonObject list = http.get("/visitors").json();

        assertThat(list.getInteger("keep_seconds")).isEqualTo(72 * 3600);
        assertThat(list.getJsonArray("visitors")).hasSize(2);
        assertThat(list.getJsonArray("visitors").getJsonObject(0)).isEqualTo(new JsonObject("""
        {"id": 7, "ignored": false, "visits": 3, "live": 2, "first": "2026-11-25T08:00:00Z", "last": "2026-11-25T17:30:00Z",
         "cameras": ["front", "yard"], "until": "2026-11-28T17:30:00Z", "resembles": []}"""));
    }

    @Test
    void shouldGiveAGroupANameUnderWhichItIsRecognised() throws Exception {
        Answer assigned = assign("/visitors/7/assign", "Vera");

        assertThat(assigned.json())
                .isEqualTo(
                        new JsonObject().put("label", "Vera").put("enrolled", 1).put("total", 1));
        assertThat(http.post("/identify", "vera2").json().getString("label")).isEqualTo("Vera");
        assertThat(http.get("/visitors").json().getJsonArray("visitors")).hasSize(1);
    }

    @Test
    void shouldSayWhoseFaceItIsAlready() throws Exception {
        http.post("/enroll?label=Anna", "vera2");

        Answer refused = assign("/visitors/7/assign", "Vera");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("already_enrolled");
        assertThat(refused.json().getString("detail")).contains("already enrolled as Anna (distance 0.");
        assertThat(assign("/visitors/7/assign?duplicate=allow", "Vera").status())
                .isEqualTo(200);
    }

    @Test
    void shouldTakeFacesThatWereNotProvenLiveOnlyIfTold() throws Exception {
        Answer refused = assign("/visitors/8/assign", "Post");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("code")).isEqualTo("spoof_suspected");
        assertThat(assign("/visitors/8/assign?liveness=any", "Post").status()).isEqualTo(200);
    }

    @Test
    void shouldIgnoreAndForget() throws Exception {
        Answer ignored = http.send(http.request("POST", "/visitors/8/ignore", "text/plain", ""));

        assertThat(ignored.json().getBoolean("ignored")).isTrue();
        assertThat(http.get("/visitors").json().getJsonArray("visitors")).hasSize(1);
        assertThat(http.get("/visitors?ignored=true").json().getJsonArray("visitors"))
                .hasSize(1);
        assertThat(http.send(http.request("/visitors/8").DELETE()).json())
                .isEqualTo(new JsonObject().put("id", 8).put("visits", 0));
        assertThat(http.get("/visitors?ignored=true").json().getJsonArray("visitors"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"label\":\"\"}", "{\"label\":\"unknown\"}", "{\"label\":\"A\",\"more\":1}", ""})
    void shouldRefuseWhatIsNoName(String body) throws Exception {
        Answer answer = http.send(http.request("POST", "/visitors/7/assign", "application/json", body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(http.get("/visitors").json().getJsonArray("visitors")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/visitors/99/assign", "/visitors/99/ignore"})
    void shouldNotKnowAGroupThatIsGone(String address) throws Exception {
        Answer answer = assign(address, "Vera");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isEqualTo("unknown_visitor");
    }

    private static Answer assign(String address, String label) throws Exception {
        return http.send(http.request(
                "POST",
                address,
                "application/json",
                new JsonObject().put("label", label).encode()));
    }
}
