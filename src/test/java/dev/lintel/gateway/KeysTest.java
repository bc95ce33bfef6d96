package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {
    private static final Map<Role, String> SECRETS = Role.ofPrograms().stream()
            .collect(Collectors.toMap(role -> role, role -> role.text() + "-0123456789abcdef"));

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        List<ApiKey> keys = SECRETS.entrySet().stream()
                .map(key -> key.getKey() == Role.ENROL
                        ? new ApiKey(
                                key.getKey().text(),
                                key.getKey(),
                                Optional.of(RandomSecret.digest(key.getValue())),
                                Optional.empty())
                        : new ApiKey(key.getKey().text(), key.getKey(), Optional.empty(), Optional.of(key.getValue())))
                .toList();
        gateway = new GatewayHarness(Map.of("keys", keys));
        http = new Http(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Every operation of the contract with every role, of programs and of people: 403 exactly where the document says so. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldHoldEveryOperationToTheRolesInTheContract(Role role) throws Exception {
        String[] credential = credential(role);
        JsonObject paths = http.get("/openapi.json").json().getJsonObject("paths");
        int checked = 0;
        for (String path : paths.fieldNames()) {
            for (String method : List.of("get", "post", "put", "patch", "delete")) {
                JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
                if (operation == null || operation.getString("operationId").equals("logOut")) {
                    continue;
                }
                Object needed = operation.getValue("x-lintel-role");
                boolean open = needed.equals("none");
                String address = path.replace("{label}", "Nobody")
                        .replace("{id}", "1")
                        .replace("{camera}", "none")
                        .replace("{account}", "nobody")
                        .replace("{key}", "none")
                        .replace("{door}", "none")
                        .replace("{external_id}", "none")
                        .replace("{visit}", "00000000-0000-0000-0000-000000000000")
                        .replace("{name}", "none")
                        .replace("{country}", "at");
                // A stream has no end; its HEAD goes the same way.
                String asked = path.startsWith("/stream") ? "head" : method;
                int without = status(http.request(address), asked);
                int with = status(
                        http.request(address)
                                .header(credential[0], credential[1])
                                .header("Sec-Fetch-Site", "same-origin"),
                        asked);

                assertThat(without == 401)
                        .as("%s %s without a key: %d", method, path, without)
                        .isEqualTo(!open);
                List<?> roles = needed instanceof JsonArray list ? list.getList() : List.of(needed);
                boolean allowed = open || needed.equals("any") || role == Role.ADMIN || roles.contains(role.text());
                assertThat(with).as("%s %s", method, path).isNotEqualTo(401).isNotEqualTo(500);
                assertThat(with == 403)
                        .as("%s %s as %s: %d", method, path, role, with)
                        .isEqualTo(!allowed);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(15);
    }

    /** A header: the key of a program, or the session of somebody who has logged in. */
    private static String[] credential(Role role) throws Exception {
        return SECRETS.containsKey(role)
                ? new String[] {"X-API-Key", SECRETS.get(role)}
                : new String[] {"Cookie", AccountsOverHttpTest.logIn(http, SECRETS.get(Role.ADMIN), role)};
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
    void shouldRefuseWeakOrUnclearKeys() {
        assertThatThrownBy(() -> new ApiKey("a", Role.ADMIN, Optional.empty(), Optional.of("short")))
                .hasMessageStartingWith("key: ");
        assertThatThrownBy(() -> new ApiKey("a", Role.ADMIN, Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("sha256: give either");
        assertThatThrownBy(() -> new ApiKey("a", Role.ADMIN, Optional.of("zz"), Optional.empty()))
                .hasMessageStartingWith("sha256: must be 64");
        assertThatThrownBy(() -> Configs.of(ApiKey.class, "name: a", "key: 0123456789abcdef"))
                .hasMessageStartingWith("role: ");
        assertThatThrownBy(() -> new ApiKey("a", Role.RECEPTION, Optional.empty(), Optional.of("0123456789abcdef")))
                .hasMessageStartingWith("role: must be one of identify, ");
        assertThatThrownBy(() -> new ApiKey("a b", Role.ADMIN, Optional.empty(), Optional.of("0123456789abcdef")))
                .hasMessageStartingWith("name: ");
    }
}
