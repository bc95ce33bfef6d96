package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new box is set up from another machine; here that machine is one that a proxy speaks for. */
class SetupCodeOverHttpTest {
    private static final String[] ELSEWHERE = {"X-Forwarded-For", "192.0.2.7", "X-Forwarded-Proto", "https"};

    private GatewayHarness gateway;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayHarness(Map.of());
        http = new Http(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Answer send(String method, String address, JsonObject body, String... headers) throws Exception {
        HttpRequest.Builder request = body == null
                ? http.request(address).method(method, HttpRequest.BodyPublishers.noBody())
                : http.request(method, address, "application/json", body.encode());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request);
    }

    private static String[] with(String... more) {
        String[] all = java.util.Arrays.copyOf(ELSEWHERE, ELSEWHERE.length + more.length);
        System.arraycopy(more, 0, all, ELSEWHERE.length, more.length);
        return all;
    }

    private String code() throws Exception {
        Answer made = send("POST", "/setup/code", null);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().getString("code");
    }

    private Answer enter(String code) throws Exception {
        return send("POST", "/setup/session", new JsonObject().put("code", code), ELSEWHERE);
    }

    @Test
    void shouldOpenTheSetupToWhoHasTheCodeAndToNobodyElse() throws Exception {
        assertThat(send("GET", "/settings", null, ELSEWHERE).status()).isEqualTo(401);
        assertThat(send("POST", "/setup/code", null, ELSEWHERE).status())
                .as("a code is made on the box")
                .isEqualTo(401);
        JsonObject stranger = send("GET", "/session", null, ELSEWHERE).json();
        assertThat(stranger.getString("kind")).isEqualTo("nobody");
        assertThat(stranger.getBoolean("setup")).isTrue();

        String code = code();
        Answer entered = enter(code);
        assertThat(entered.status()).as(entered.body()).isEqualTo(200);
        assertThat(entered.json().getString("kind")).isEqualTo("open");
        String cookie = entered.header("Set-Cookie").split(";")[0];
        assertThat(cookie).startsWith("__Host-lintel=");

        assertThat(enter(code).status()).as("used up").isEqualTo(401);
        assertThat(send("GET", "/list", null, with("Cookie", cookie)).status()).isEqualTo(200);
        assertThat(send("GET", "/list", null, ELSEWHERE).status()).isEqualTo(401);
    }

    @Test
    void shouldEndWithTheFirstAccount() throws Exception {
        String cookie = enter(code()).header("Set-Cookie").split(";")[0];
        JsonObject account = new JsonObject()
                .put("name", "boss")
                .put("password", "four words make one")
                .put("roles", new JsonArray().add("admin"));
        assertThat(send("POST", "/accounts", account, with("Cookie", cookie)).status())
                .as("from another site")
                .isEqualTo(403);
        String unused = code();
        assertThat(send("POST", "/accounts", account, with("Cookie", cookie, "Sec-Fetch-Site", "same-origin"))
                        .status())
                .isEqualTo(201);

        assertThat(send("GET", "/list", null, with("Cookie", cookie)).status()).isEqualTo(401);
        assertThat(enter(unused).json().getString("code")).isEqualTo("not_new");
        assertThat(send("POST", "/setup/code", null).status())
                .as("it needs a login now")
                .isEqualTo(401);
    }

    @Test
    void shouldTakeTheCodeOverHttpsOnly() throws Exception {
        Answer plain =
                send("POST", "/setup/session", new JsonObject().put("code", code()), "X-Forwarded-For", "192.0.2.7");
        assertThat(plain.status()).isEqualTo(403);
        assertThat(plain.json().getString("code")).isEqualTo("https_needed");
    }

    @Test
    void shouldMakeGuessingSlow() throws Exception {
        String code = code();
        for (int i = 0; i < 5; i++) {
            assertThat(enter("AAAA-AAA" + i).status()).isEqualTo(401);
        }
        Answer refused = enter(code);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }
}
