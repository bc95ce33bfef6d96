package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration over HTTP is no way in. */
class SettingsOverHttpTest {
    private static final String HOOK = """
            {"changes": [{"op": "append", "path": "delivery.webhooks",
              "value": {"name": "desk", "url": "https://desk.example/hook/t0ken", "secret": "0123456789abcdef"}}]}""";

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

    /** A page of another site, and one that poses as the box by pointing its name at this machine. */
    @ParameterizedTest
    @CsvSource({
        "PATCH, /settings",
        "POST, /settings/check",
        "POST, /settings/versions/1",
        "POST, /restart",
        "POST, /setup/cameras",
        "POST, /setup/cameras/streams",
        "POST, /setup/cameras/try"
    })
    void shouldRefuseOtherSites(String method, String address) throws Exception {
        var foreign = http.request(method, address, "application/json", HOOK).header("Origin", "https://evil.example");
        assertThat(http.send(foreign).status()).isEqualTo(403);
        assertThat(http.raw(
                        method + " " + address + " HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 403");
    }

    /** What a form of another site can send without being asked. */
    @Test
    void shouldTakeNoChangeThatIsNotSentAsJson() throws Exception {
        assertThat(http.send(http.request("PATCH", "/settings", "text/plain", HOOK))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void shouldTakeSecretsAndNeverGiveThemBack() throws Exception {
        String checked = http.send(http.request("POST", "/settings/check", "application/json", HOOK))
                .body();
        String saved = http.send(http.request("PATCH", "/settings", "application/json", HOOK))
                .body();
        assertThat(new JsonObject(saved).getBoolean("saved")).as(saved).isTrue();

        String all = checked
                + saved
                + http.get("/settings").body()
                + http.get("/settings/versions").body()
                + http.get("/settings/versions/1").body();
        assertThat(all).contains("desk.example").doesNotContain("t0ken", "0123456789abcdef");
    }

    @Test
    void shouldSayEverythingThatIsWrong() throws Exception {
        String wrong = """
                {"changes": [{"op": "set", "path": "logging.level", "value": "loud"},
                  {"op": "set", "path": "visitors.fmr", "value": 7}]}""";
        JsonObject answer = http.send(http.request("PATCH", "/settings", "application/json", wrong))
                .json();

        assertThat(answer.getString("code")).isEqualTo("settings_invalid");
        assertThat(answer.getJsonArray("problems")).hasSize(2);
        assertThat(answer.getString("detail")).contains("logging.level", "visitors.fmr");
    }
}
