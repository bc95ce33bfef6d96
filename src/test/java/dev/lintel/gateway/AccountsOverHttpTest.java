package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People log in, programs have keys; both are made and revoked while the box runs. */
class AccountsOverHttpTest {
    private static final String PASSWORD = "four words make one";
    private static final String OWN_PAGE = "Sec-Fetch-Site";

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

    /** The cookie of a new account with this role, made with a key. */
    static String logIn(Http http, String key, Role role) throws Exception {
        String name = "a-" + role.text();
        http.send(json(http, "POST", "/accounts", account(name, role.text())).header("X-API-Key", key));
        return cookie(http.send(json(http, "POST", "/session", login(name, PASSWORD))));
    }

    private static JsonObject account(String name, String... roles) {
        return new JsonObject().put("name", name).put("password", PASSWORD).put("roles", new JsonArray(List.of(roles)));
    }

    private static JsonObject login(String name, String password) {
        return new JsonObject().put("name", name).put("password", password);
    }

    private static HttpRequest.Builder json(Http http, String method, String address, JsonObject body) {
        return http.request(method, address, "application/json", body.encode());
    }

    private static String cookie(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("Set-Cookie").split(";")[0];
    }

    private Answer send(String method, String address, JsonObject body, String... headers) throws Exception {
        HttpRequest.Builder request = body == null
                ? http.request(address).method(method, HttpRequest.BodyPublishers.noBody())
                : json(http, method, address, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request);
    }

    /** The first account of a box that had none, and its cookie. */
    private String boss() throws Exception {
        assertThat(send("POST", "/accounts", account("boss", "admin")).status()).isEqualTo(201);
        return cookie(send("POST", "/session", login("boss", PASSWORD)));
    }

    @Test
    void shouldLetNobodyInWithoutAnAccountOnceThereIsOne() throws Exception {
        assertThat(http.get("/list").status()).isEqualTo(200);
        assertThat(http.get("/session").json().getString("kind")).isEqualTo("open");

        String cookie = boss();

        assertThat(http.get("/list").status()).isEqualTo(401);
        assertThat(http.get("/session").json().getString("kind")).isEqualTo("nobody");
        assertThat(send("GET", "/list", null, "Cookie", cookie).status()).isEqualTo(200);
        JsonObject who = send("GET", "/session", null, "Cookie", cookie).json();
        assertThat(who.getString("name")).isEqualTo("boss");
        assertThat(who.getJsonArray("operations")).contains("addAccount", "list");
    }

    @Test
    void shouldRefuseAFirstAccountThatIsNoAdministrators() throws Exception {
        Answer refused = send("POST", "/accounts", account("anna", "reception"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("last_administrator");
        assertThat(http.get("/list").status()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheSessionFromScriptsAndOtherSites() throws Exception {
        boss();
        String cookie = send("POST", "/session", login("boss", PASSWORD)).header("Set-Cookie");
        assertThat(cookie).startsWith("lintel=").contains("HTTPOnly", "SameSite=Strict", "Path=/");
        assertThat(cookie).doesNotContain("Secure", "Max-Age", "Domain");

        String secure = send("POST", "/session", login("boss", PASSWORD), "X-Forwarded-Proto", "https")
                .header("Set-Cookie");
        assertThat(secure).startsWith("__Host-lintel=").contains("Secure", "HTTPOnly", "SameSite=Strict");
        assertThat(send("GET", "/list", null, "Cookie", secure.split(";")[0], "X-Forwarded-Proto", "https")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldTakeChangesFromTheBoxesOwnPageOnly() throws Exception {
        String cookie = boss();
        JsonObject body = new JsonObject().put("name", "pad").put("role", "keypad");
        assertThat(send("POST", "/keys", body, "Cookie", cookie).status()).isEqualTo(403);
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(send("POST", "/keys", body, "Cookie", cookie, OWN_PAGE, site)
                            .status())
                    .isEqualTo(403);
            assertThat(send("GET", "/list", null, "Cookie", cookie, OWN_PAGE, site)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(send("POST", "/keys", body, "Cookie", cookie, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(send("POST", "/keys", body, "Cookie", cookie, OWN_PAGE, "same-origin")
                        .status())
                .isEqualTo(201);
        body.put("name", "pad2");
        assertThat(send("POST", "/keys", body, "Cookie", cookie, "Origin", "http://127.0.0.1:" + gateway.port())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void shouldLogOut() throws Exception {
        String cookie = boss();
        Answer out = send("DELETE", "/session", null, "Cookie", cookie, OWN_PAGE, "same-origin");
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(send("GET", "/list", null, "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void shouldSayNothingAboutWhichOfNameAndPasswordIsWrong() throws Exception {
        boss();
        Answer name = send("POST", "/session", login("nobody", PASSWORD));
        Answer password = send("POST", "/session", login("boss", "something else"));
        assertThat(name.status()).isEqualTo(401);
        assertThat(password.json().getString("detail")).isEqualTo(name.json().getString("detail"));
    }

    @Test
    void shouldMakeAndRevokeKeysWhileItRuns() throws Exception {
        String cookie = boss();
        Answer made = send(
                "POST",
                "/keys",
                new JsonObject().put("name", "pad").put("role", "keypad"),
                "Cookie",
                cookie,
                OWN_PAGE,
                "same-origin");
        String secret = made.json().getString("secret");
        assertThat(secret).hasSize(64);

        assertThat(send("GET", "/doors", null, "X-API-Key", secret).status()).isEqualTo(200);
        assertThat(send("GET", "/list", null, "X-API-Key", secret).status()).isEqualTo(403);
        JsonObject listed = send("GET", "/keys", null, "Cookie", cookie).json();
        assertThat(listed.encode()).doesNotContain(secret, RandomSecret.digest(secret));
        assertThat(listed.getJsonArray("keys").getJsonObject(0).getString("last_used"))
                .isNotNull();

        assertThat(send("DELETE", "/keys/pad", null, "Cookie", cookie, OWN_PAGE, "same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(send("GET", "/doors", null, "X-API-Key", secret).status()).isEqualTo(401);
    }

    @Test
    void shouldEndSessionsWithTheAccountAndWithANewPassword() throws Exception {
        String boss = boss();
        send("POST", "/accounts", account("anna", "reception"), "Cookie", boss, OWN_PAGE, "same-origin");
        String anna = cookie(send("POST", "/session", login("anna", PASSWORD)));
        String elsewhere = cookie(send("POST", "/session", login("anna", PASSWORD)));
        assertThat(send("GET", "/list", null, "Cookie", anna).status()).isEqualTo(200);
        assertThat(send("GET", "/accounts", null, "Cookie", anna).status()).isEqualTo(403);

        String fresh = cookie(send(
                "PUT",
                "/session/password",
                new JsonObject().put("password", PASSWORD).put("new_password", "quite another one"),
                "Cookie",
                anna,
                OWN_PAGE,
                "same-origin"));
        assertThat(send("GET", "/list", null, "Cookie", elsewhere).status()).isEqualTo(401);
        assertThat(send("GET", "/list", null, "Cookie", fresh).status()).isEqualTo(200);

        assertThat(send("DELETE", "/accounts/anna", null, "Cookie", boss, OWN_PAGE, "same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(send("GET", "/list", null, "Cookie", fresh).status()).isEqualTo(401);
    }

    @Test
    void shouldRefusePasswordsThatAreGuessedFirst() throws Exception {
        for (String weak : List.of("short", "aaaaaaaaaaaaaaaa", "boss boss 1234", "lintel-lintel-1")) {
            Answer refused = send("POST", "/accounts", account("boss", "admin").put("password", weak));
            assertThat(refused.status()).as(weak).isEqualTo(400);
            assertThat(refused.json().getString("detail")).startsWith("password: must");
        }
    }

    @Test
    void shouldNotTakeForwardedRequestsForThoseOfWhoSitsAtTheBox() throws Exception {
        for (String header : List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host")) {
            Answer refused = send("GET", "/list", null, header, "10.0.0.7");
            assertThat(refused.status()).as(header).isEqualTo(401);
            assertThat(refused.json().getString("detail")).contains("lintel account add");
        }
        // A proxy that adds no header speaks HTTP/1.0.
        assertThat(http.raw("GET /list HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")).startsWith("HTTP/1.0 401");
        assertThat(http.raw("GET /list HTTP/1.1\r\nHost: box.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(http.get("/list").status()).isEqualTo(200);
    }

    @Test
    void shouldNameOnlyWhoWasRecognisedToWhoOnlyRecognises() throws Exception {
        for (String photo : List.of("anna1", "ben1", "cleo1")) {
            http.post("/enroll?label=" + photo.replace("1", ""), photo);
        }
        boss();
        String key = key("door", "identify");
        String desk = key("desk", "enrol");

        JsonObject known = http.send(http.form("/identify?top=100", "anna2").header("X-API-Key", key))
                .json();
        assertThat(known.getString("label")).isEqualTo("anna");
        assertThat(known.getJsonArray("candidates")).hasSize(1);
        JsonObject stranger = http.send(
                        http.form("/identify?top=100&faces=all", "zoe1").header("X-API-Key", key))
                .json();
        assertThat(stranger.getString("label")).isEqualTo("unknown");
        assertThat(stranger.encode()).doesNotContain("anna", "ben", "cleo");
        assertThat(http.send(http.form("/identify?top=100", "zoe1").header("X-API-Key", desk))
                        .json()
                        .getJsonArray("candidates"))
                .hasSize(3);
    }

    @Test
    void shouldLeaveFacesOfPeopleWithRightsToAdministrators() throws Exception {
        http.post("/enroll?label=anna", "anna1");
        http.post("/enroll?label=ben", "ben1");
        send("PUT", "/people/anna/access", new JsonObject().put("groups", new JsonArray(List.of("staff"))));
        boss();
        String desk = key("desk", "enrol");

        Answer refused = http.send(
                http.form("/enroll?label=anna&duplicate=allow", "zoe1").header("X-API-Key", desk));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("code")).isEqualTo("rights_protected");
        assertThat(http.send(http.form("/enroll?label=ben", "ben2").header("X-API-Key", desk))
                        .status())
                .isEqualTo(200);
        assertThat(http.send(http.form("/enroll?label=zoe", "zoe1").header("X-API-Key", desk))
                        .status())
                .isEqualTo(200);
        assertThat(http.send(http.form("/enroll?label=anna", "anna2").header("X-API-Key", key("root", "admin")))
                        .status())
                .isEqualTo(200);
    }

    private String key(String name, String role) throws Exception {
        String cookie = cookie(send("POST", "/session", login("boss", PASSWORD)));
        return send(
                        "POST",
                        "/keys",
                        new JsonObject().put("name", name).put("role", role),
                        "Cookie",
                        cookie,
                        OWN_PAGE,
                        "same-origin")
                .json()
                .getString("secret");
    }

    @Test
    void shouldLookAtNoMorePasswordsOfAnAccountAfterAFewWrongOnes() throws Exception {
        boss();
        String from = "203.0.113.7";
        int tries = 0;
        while (send("POST", "/session", login("boss", "wrong " + tries), "X-Forwarded-For", from)
                        .status()
                == 401) {
            tries++;
        }
        assertThat(tries).isEqualTo(5);
        Answer locked = send("POST", "/session", login("boss", PASSWORD), "X-Forwarded-For", "203.0.113.8");
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.json().getString("code")).isEqualTo("locked_out");
        assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(20, 30);
        assertThat(send("POST", "/session", login("boss", PASSWORD)).status())
                .as("from where the account was let in before")
                .isEqualTo(200);
    }

    @Test
    void shouldLookAtNoMoreKeysFromAnAddressThatGuessesThem() throws Exception {
        boss();
        String good = key("good", "admin");
        String from = "203.0.113.9";
        assertThat(send("GET", "/list", null, "X-API-Key", good, "X-Forwarded-For", from)
                        .status())
                .isEqualTo(200);
        String late = key("late", "admin");
        int tries = 0;
        while (send("GET", "/list", null, "X-API-Key", "guess-" + tries, "X-Forwarded-For", from)
                        .status()
                == 401) {
            tries++;
        }
        assertThat(tries).isEqualTo(10);
        assertThat(send("GET", "/list", null, "X-API-Key", late, "X-Forwarded-For", from)
                        .status())
                .as("it might have been guessed")
                .isEqualTo(429);
        assertThat(send("GET", "/list", null, "X-API-Key", good, "X-Forwarded-For", from)
                        .status())
                .as("a program that was here before works on")
                .isEqualTo(200);
        assertThat(send("GET", "/list", null, "X-API-Key", late, "X-Forwarded-For", "203.0.113.10")
                        .status())
                .isEqualTo(200);
        JsonObject log =
                send("GET", "/events?kind=locked_out", null, "X-API-Key", good).json();
        assertThat(log.getJsonArray("events").getJsonObject(0).getString("detail"))
                .contains("from 203.0.113.9");
    }

    @Test
    void shouldEndWhatHasAnEnd() throws Exception {
        String cookie = boss();
        Answer past = send(
                "POST",
                "/keys",
                new JsonObject().put("name", "pad").put("role", "keypad").put("expires_at", "2020-01-01T00:00:00Z"),
                "Cookie",
                cookie,
                OWN_PAGE,
                "same-origin");
        assertThat(past.status()).isEqualTo(400);
        assertThat(past.json().getString("detail")).contains("expires_at: must be in the future");
        assertThat(Optional.ofNullable(send(
                                "PATCH",
                                "/accounts/boss",
                                new JsonObject().putNull("expires_at"),
                                "Cookie",
                                cookie,
                                OWN_PAGE,
                                "same-origin")
                        .json()
                        .getString("expires_at")))
                .isEmpty();
    }
}
