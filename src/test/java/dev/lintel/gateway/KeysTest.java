package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testkit.Configs;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    private static final Map<Role, String> SECRETS = Map.of(
            Role.IDENTIFY, "identify-0123456789", Role.ENROL, "enrol-0123456789abc", Role.ADMIN, "admin-0123456789abc");

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        List<ApiKey> keys = List.of(
                new ApiKey("door", Role.IDENTIFY, Optional.empty(), Optional.of(SECRETS.get(Role.IDENTIFY))),
                new ApiKey(
                        "desk",
                        Role.ENROL,
                        Optional.of(HexFormat.of().formatHex(ApiKey.digest(SECRETS.get(Role.ENROL)))),
                        Optional.empty()),
                new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(SECRETS.get(Role.ADMIN))));
        gateway = new GatewayHarness(Map.of("keys", keys));
        http = new Http(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Every operation of the contract with every role: 403 exactly where the document asks for more. */
    @ParameterizedTest
    @CsvSource({"IDENTIFY", "ENROL", "ADMIN"})
    void shouldHoldEveryOperationToTheRoleInTheContract(Role role) throws Exception {
        JsonObject paths = http.get("/openapi.json").json().getJsonObject("paths");
        int checked = 0;
        for (String path : paths.fieldNames()) {
            for (String method : List.of("get", "post", "put", "patch", "delete")) {
                JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
                if (operation == null) {
                    continue;
                }
                String needed = operation.getString("x-lintel-role");
                boolean open = needed.equals("none");
                String address = path.replace("{label}", "Nobody")
                        .replace("{id}", "1")
                        .replace("{camera}", "none")
                        .replace("{door}", "none");
                // A stream has no end; its HEAD goes the same way.
                String asked = path.startsWith("/stream") ? "head" : method;
                int without = status(http.request(address), asked);
                int with = status(http.request(address).header("X-API-Key", SECRETS.get(role)), asked);

                assertThat(without == 401)
                        .as("%s %s without a key: %d", method, path, without)
                        .isEqualTo(!open);
                boolean allowed = open || role.covers(Role.valueOf(needed.toUpperCase(java.util.Locale.ROOT)));
                assertThat(with).as("%s %s", method, path).isNotEqualTo(401).isNotEqualTo(500);
                assertThat(with == 403)
                        .as("%s %s as %s: %d", method, path, role, with)
                        .isEqualTo(!allowed);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(15);
    }

    private static int status(HttpRequest.Builder request, String method) throws Exception {
        return http.send(request.method(method.toUpperCase(java.util.Locale.ROOT), HttpRequest.BodyPublishers.noBody()))
                .status();
    }

    @Test
    void shouldTakeTheKeyAsABearerTokenToo() throws Exception {
        assertThat(http.send(http.request("/list").header("Authorization", "Bearer " + SECRETS.get(Role.ADMIN)))
                        .status())
                .isEqualTo(200);
        assertThat(http.send(http.request("/list").header("Authorization", "bearer  wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(http.send(http.request("/list").header("Authorization", "Basic " + SECRETS.get(Role.ADMIN)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void shouldSayWhatToDoWithoutAKey() throws Exception {
        Answer answer = http.get("/list");

        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().getString("code")).isEqualTo("unauthorized");
        assertThat(answer.json().getString("detail")).contains("X-API-Key");
    }

    @Test
    void shouldNotLookAtAnUploadWithoutAKey() throws Exception {
        assertThat(http.post("/identify", "anna1").status()).isEqualTo(401);
        assertThat(gateway.box().screened()).isEmpty();
    }

    @Test
    void shouldNotShowSecretsInStrings() {
        ApiKey key = new ApiKey("door", Role.IDENTIFY, Optional.empty(), Optional.of("a-very-secret-string"));

        assertThat(key.toString()).doesNotContain("secret");
    }

    @Test
    void shouldRefuseToListenElsewhereWithoutAKey() {
        for (String host : List.of("0.0.0.0", "::", "192.168.1.7", "door.local")) {
            assertThatThrownBy(() -> Configs.of(GatewayConfig.class, "host: '" + host + "'"))
                    .hasMessageStartingWith("keys: at least one is needed, because " + host)
                    .hasMessageContaining("new-key");
        }
        for (String host : List.of("127.0.0.1", "127.1.2.3", "::1", "localhost")) {
            assertThat(Configs.of(GatewayConfig.class, "host: '" + host + "'").keys())
                    .isEmpty();
        }
        assertThat(Configs.of(
                                GatewayConfig.class,
                                "host: 0.0.0.0",
                                "keys: [{name: a, role: admin, key: 0123456789abcdef}]")
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void shouldRefuseWeakOrUnclearKeys() {
        assertThatThrownBy(() -> new ApiKey("a", Role.ADMIN, Optional.empty(), Optional.of("short")))
                .hasMessageStartingWith("key: ");
        assertThatThrownBy(() -> new ApiKey("a", Role.ADMIN, Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("sha256: give either");
        assertThatThrownBy(() -> new ApiKey("a", Role.ADMIN, Optional.of("zz"), Optional.empty()))
                .hasMessageStartingWith("sha256: must be 64");
        assertThatThrownBy(() -> Configs.of(ApiKey.class, "name: a", "key: 0123456789abcdef"))
                .hasMessageStartingWith("role: ");
        assertThatThrownBy(() -> new ApiKey("a b", Role.ADMIN, Optional.empty(), Optional.of("0123456789abcdef")))
                .hasMessageStartingWith("name: ");
    }
}
