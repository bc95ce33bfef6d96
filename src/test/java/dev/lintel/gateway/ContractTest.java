package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Recorded;
import dev.lintel.accounts.Role;
import dev.lintel.testkit.FakeBox;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import dev.lintel.testkit.Morning;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real answers of every operation against the schemas of the document that the box serves. */
class ContractTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static GatewayHarness gateway;
    private static Http http;
    private static JsonObject document;
    private static final Set<String> exercised = new TreeSet<>();

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(Map.of());
        http = new Http(gateway);
        document = http.get("/openapi.json").json();
        for (String label : new String[] {"Anna", "Bob", "Carl"}) {
            String name = label.toLowerCase(Locale.ROOT);
            check("post", "/enroll", http.post("/enroll?label=" + label, name + "1", name + "2", "nobody"), 200);
        }
        Morning.events().stream()
                .sorted(Comparator.comparingLong(Recorded::sequence))
                .forEach(recorded -> gateway.box().happens(recorded.event()));
    }

    @AfterAll
    static void everyOperationWasExercised() throws Exception {
        gateway.close();
        Set<String> declared = new TreeSet<>();
        document.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .fieldNames().stream()
                                .filter(METHODS::contains)
                                .forEach(method -> declared.add(method + " " + path.getKey())));
        assertThat(exercised).isEqualTo(declared);
    }

    @Test
    void shouldAnswerAboutFacesAsDescribed() throws Exception {
        check("post", "/identify", http.post("/identify", "anna3"), 200);
        check("post", "/identify", http.post("/identify?tau=0.4&top=2", "stranger1"), 200);
        check("post", "/identify", http.post("/identify?faces=all", "!anna1 bob2 ~stranger1"), 200);
        check("post", "/identify", http.post("/identify?faces=one", "anna1 bob2"), 400);
        check("post", "/verify", http.post("/verify?label=Anna", "anna3"), 200);
        check("post", "/verify", http.post("/verify", "anna3", "bob3"), 200);
        check("post", "/verify", http.post("/verify?label=Nobody", "anna3"), 404);
        check("post", "/detect", http.post("/detect", "anna1 ~bob1 !carl1"), 200);
        check("post", "/detect", http.post("/detect", "nobody"), 400);
        check("post", "/enroll", http.post("/enroll?label=Dora", "!dora1", "anna3"), 400);
        check("post", "/enroll", http.post("/enroll?label=Dora", "anna3"), 409);
        check("post", "/enroll", http.post("/enroll?label=Dora&duplicate=allow", "anna3"), 200);
    }

    @Test
    void shouldAnswerAboutPeopleAsDescribed() throws Exception {
        check("post", "/enroll", http.post("/enroll?label=Emil", "emil1", "emil2"), 200);
        check("get", "/list", http.get("/list?limit=2"), 200);
        check("get", "/people/{label}", http.get("/people/Emil"), 200);
        check("get", "/people/{label}", http.get("/people/Nobody"), 404);
        Answer renamed = http.send(http.request("PATCH", "/people/Emil", "application/json", "{\"label\":\"Frida\"}"));
        check("patch", "/people/{label}", renamed, 200);
        long id = renamed.json().getJsonArray("templates").getJsonObject(0).getLong("id");
        check(
                "patch",
                "/people/{label}",
                http.send(http.request("PATCH", "/people/Frida", "application/json", "{\"label\":\"Anna\"}")),
                409);
        String template = "/people/Frida/templates/" + id;
        check(
                "patch",
                "/people/{label}/templates/{id}",
                http.send(http.request("PATCH", template, "application/json", "{\"set_aside\":true}")),
                200);
        check(
                "patch",
                "/people/{label}/templates/{id}",
                http.send(http.request("PATCH", template, "application/json", "{\"label\":\"Nobody\"}")),
                404);
        check(
                "patch",
                "/people/{label}/templates/{id}",
                http.send(http.request("PATCH", template, "application/json", "{}")),
                400);
        check("get", "/gallery/check", http.get("/gallery/check?limit=2"), 200);
        check(
                "delete",
                "/people/{label}/templates/{id}",
                http.send(http.request("/people/Frida/templates/" + id).DELETE()),
                200);
        check(
                "delete",
                "/people/{label}",
                http.send(http.request("/people/Frida").DELETE()),
                200);
        check(
                "delete",
                "/delete",
                http.send(http.request("/delete?label=Nobody").DELETE()),
                404);
        String consent = "/people/{label}/consent";
        check(
                "put",
                consent,
                http.send(http.request("PUT", "/people/Emil/consent", "application/json", "{\"purposes\":[\"door\"]}")),
                200);
        check("get", consent, http.get("/people/Emil/consent"), 200);
        check("get", "/consents", http.get("/consents"), 200);
        check(
                "delete",
                consent,
                http.send(http.request("/people/Emil/consent?faces=keep").DELETE()),
                200);
        check("get", consent, http.get("/people/Emil/consent"), 200);
        check("get", consent, http.get("/people/Nobody/consent"), 404);
        check(
                "post",
                "/receipts/verification",
                http.send(http.request("POST", "/receipts/verification", "application/json", """
                        {"id": "8a0c1f5e-6d9b-4c57-9a65-0d3b1f0c4f11", "label": "Anna", "at": "2026-11-30T08:00:00Z",
                         "deleted": {"templates": 1, "rights": false, "pin": false, "consent": false, "visits": 0, "attendance": 0},
                         "attendance": "delete",
                         "kept": {"attendance": 0, "attendance_until": null, "events": 0, "events_until": null},
                         "key": "0123456789abcdef", "seal": "00"}""")),
                200);
        check("post", "/enroll", http.post("/enroll?label=Gil", "gil1"), 200);
        check("delete", "/delete", http.send(http.request("/delete?label=Gil").DELETE()), 200);
    }

    @Test
    void shouldAnswerAboutPeopleOfAnotherSystemAsDescribed() throws Exception {
        String byNumber = "/directory/{external_id}";
        check("put", byNumber, put("/directory/17", "{\"label\":\"Gerd\",\"fields\":{\"a\":\"b\"}}"), 200);
        check("put", byNumber, put("/directory/17", "{\"label\":\"Anna\"}"), 409);
        check("get", byNumber, http.get("/directory/17"), 200);
        check("get", byNumber, http.get("/directory/18"), 404);
        check("get", "/people", http.get("/people?external_id=17"), 200);
        check("get", "/people", http.get("/people?active=perhaps"), 400);
        String details = "/people/{label}/details";
        check("patch", details, http.send(json("PATCH", "/people/Gerd/details", "{\"note\":\"x\"}")), 200);
        check("patch", details, http.send(json("PATCH", "/people/Nobody/details", "{}")), 404);
        check("post", "/enroll", http.post("/enroll?label=Gerd", "gerd1"), 200);
        check("post", "/identify", http.post("/identify", "gerd2"), 200);
        check("put", "/people/{label}/active", put("/people/Gerd/active", "{\"active\":false}"), 200);
        check("post", "/verify", http.post("/verify?label=Gerd", "gerd2"), 409);
        http.send(http.request("/people/Gerd").DELETE());
    }

    @Test
    void shouldAnswerAboutAccountsAsDescribed() throws Exception {
        try (GatewayHarness other = new GatewayHarness(Map.of())) {
            Http box = new Http(other);
            String password = "four words make one";
            check("get", "/ca.crt", box.get("/ca.crt"), 404);
            check("get", "/session", box.get("/session"), 200);
            check("post", "/accounts", post(box, "/accounts", account("boss", password, "reception")), 409);
            check("post", "/accounts", post(box, "/accounts", account("boss", password, "admin")), 201);
            Answer in =
                    post(box, "/session", new JsonObject().put("name", "boss").put("password", password));
            check("post", "/session", in, 200);
            String[] cookie = {in.header("Set-Cookie").split(";")[0]};
            check(
                    "put",
                    "/session/password",
                    box.send(as(
                            cookie,
                            box.request(
                                    "PUT",
                                    "/session/password",
                                    "application/json",
                                    new JsonObject()
                                            .put("password", password)
                                            .put("new_password", password + "s")
                                            .encode()))),
                    200);
            in = post(box, "/session", new JsonObject().put("name", "boss").put("password", password + "s"));
            cookie[0] = in.header("Set-Cookie").split(";")[0];
            check("get", "/accounts", box.send(as(cookie, box.request("/accounts"))), 200);
            check(
                    "patch",
                    "/accounts/{account}",
                    box.send(as(
                            cookie,
                            box.request("PATCH", "/accounts/boss", "application/json", "{\"expires_at\": null}"))),
                    200);
            check(
                    "delete",
                    "/accounts/{account}",
                    box.send(as(cookie, box.request("/accounts/boss").DELETE())),
                    409);
            check(
                    "post",
                    "/keys",
                    box.send(as(
                            cookie,
                            box.request(
                                    "POST",
                                    "/keys",
                                    "application/json",
                                    new JsonObject()
                                            .put("name", "pad")
                                            .put("role", "keypad")
                                            .encode()))),
                    201);
            check("get", "/keys", box.send(as(cookie, box.request("/keys"))), 200);
            check(
                    "delete",
                    "/keys/{key}",
                    box.send(as(cookie, box.request("/keys/pad").DELETE())),
                    200);
            check(
                    "delete",
                    "/session",
                    box.send(as(cookie, box.request("/session").DELETE())),
                    200);
        }
    }

    private static JsonObject account(String name, String password, String role) {
        return new JsonObject().put("name", name).put("password", password).put("roles", new JsonArray().add(role));
    }

    private static Answer post(Http box, String address, JsonObject body) throws Exception {
        return box.send(box.request("POST", address, "application/json", body.encode()));
    }

    private static HttpRequest.Builder as(String[] cookie, HttpRequest.Builder request) {
        return request.header("Cookie", cookie[0]).header("Sec-Fetch-Site", "same-origin");
    }

    @Test
    void shouldAnswerAboutVisitorsAsDescribed() throws Exception {
        Instant then = Instant.parse("2026-11-25T08:00:00Z");
        for (long group = 1; group <= 3; group++) {
            gateway.box().visited(group, "visitor1", 2, 1, then, then, "front");
        }
        check("get", "/visitors", http.get("/visitors"), 200);
        check(
                "post",
                "/visitors/{id}/assign",
                http.send(http.request("POST", "/visitors/1/assign", "application/json", "{\"label\":\"Vera\"}")),
                200);
        check(
                "post",
                "/visitors/{id}/ignore",
                http.send(http.request("POST", "/visitors/2/ignore", "text/plain", "")),
                200);
        check("get", "/visitors", http.get("/visitors?ignored=true"), 200);
        check("delete", "/visitors/{id}", http.send(http.request("/visitors/3").DELETE()), 200);
        check("delete", "/visitors/{id}", http.send(http.request("/visitors/3").DELETE()), 404);
    }

    @Test
    void shouldAnswerAboutDoorsAsDescribed() throws Exception {
        check("get", "/people/{label}/access", http.get("/people/Bob/access"), 200);
        check("get", "/people/{label}/access", http.get("/people/Nobody/access"), 404);
        check(
                "delete",
                "/people/{label}/passback",
                http.send(http.request("/people/Bob/passback").DELETE()),
                200);
        check(
                "delete",
                "/people/{label}/passback",
                http.send(http.request("/people/Nobody/passback").DELETE()),
                404);
        check(
                "put",
                "/people/{label}/access",
                put(
                        "/people/Bob/access",
                        "{\"groups\":[\"staff\"],\"valid_from\":\"2026-12-01T08:00:00+01:00\",\"valid_until\":null,\"pin\":\"246813\"}"),
                200);
        check("put", "/people/{label}/access", put("/people/Bob/access", "{\"groups\":[\"No Group\"]}"), 400);
        check("put", "/people/{label}/access", put("/people/Bob/access", "{\"valid_from\":\"tomorrow\"}"), 400);
        check(
                "delete",
                "/people/{label}/access/pin",
                http.send(http.request("/people/Bob/access/pin").DELETE()),
                200);
        check("get", "/doors", http.get("/doors"), 200);
        check(
                "post",
                "/doors/{door}/unlock",
                http.send(http.request("POST", "/doors/main/unlock", "text/plain", "")),
                200);
        String visit = "/visits/" + java.util.UUID.randomUUID() + "/confirm";
        check("post", "/visits/{visit}/confirm", http.send(http.request("POST", visit, "text/plain", "")), 404);
        check(
                "post",
                "/visits/{visit}/confirm",
                http.send(http.request("POST", "/visits/none/confirm", "text/plain", "")),
                400);
        check("get", "/doors", http.get("/doors"), 200);
        check(
                "post",
                "/doors/{door}/unlock",
                http.send(http.request("POST", "/doors/barn/unlock", "text/plain", "")),
                404);
        check(
                "put",
                "/doors/{door}/mode",
                put("/doors/main/mode", "{\"mode\":\"lock-down\",\"until\":\"2126-01-01T00:00:00Z\"}"),
                200);
        check(
                "put",
                "/doors/{door}/mode",
                put("/doors/main/mode", "{\"mode\":\"lock-down\",\"until\":\"2006-01-01T00:00:00Z\"}"),
                400);
        check("put", "/doors/{door}/mode", put("/doors/main/mode", "{\"mode\":\"normal\"}"), 200);
        check(
                "post",
                "/doors/{door}/sensor",
                http.send(http.request("POST", "/doors/main/sensor", "application/json", "{\"open\":true}")),
                200);
        check(
                "post",
                "/doors/{door}/pin",
                http.send(http.request("POST", "/doors/main/pin", "application/json", "{\"pin\":\"246813\"}")),
                409);
        check(
                "post",
                "/doors/{door}/pin",
                http.send(http.request("POST", "/doors/main/pin", "application/json", "{\"pin\":\"two\"}")),
                400);
        put("/people/Bob/access", "{\"pin\":\"246813\"}");
        String wrong = "{\"pin\":\"111111\",\"label\":\"Bob\"}";
        for (int i = 0; i < 3; i++) {
            check(
                    "post",
                    "/doors/{door}/pin",
                    http.send(http.request("POST", "/doors/main/pin", "application/json", wrong)),
                    200);
        }
        check(
                "post",
                "/doors/{door}/pin",
                http.send(http.request("POST", "/doors/main/pin", "application/json", wrong)),
                429);
    }

    @Test
    void shouldAnswerAboutScreensAsDescribed() throws Exception {
        check("get", "/doors/{door}/screen", screen("GET", "/doors/main/screen", FakeBox.SCREEN_KEY), 200);
        check("get", "/doors/{door}/screen", screen("GET", "/doors/main/screen", "another"), 404);
        check("get", "/doors/{door}/screen", screen("GET", "/doors/barn/screen", FakeBox.SCREEN_KEY), 404);
        check("get", "/doors/{door}/screen/events", screen("GET", "/doors/main/screen/events", "another"), 404);
        check("post", "/doors/{door}/screen/wake", screen("POST", "/doors/main/screen/wake", FakeBox.SCREEN_KEY), 200);
        check("post", "/doors/{door}/screen/wake", screen("POST", "/doors/main/screen/wake", "another"), 404);
        check("post", "/doors/{door}/wake", http.send(http.request("POST", "/doors/main/wake", "text/plain", "")), 200);
        check("post", "/doors/{door}/wake", http.send(http.request("POST", "/doors/barn/wake", "text/plain", "")), 404);
    }

    private static Answer screen(String method, String path, String key) throws Exception {
        return http.send(http.request(path).header("X-Screen-Key", key).method(method, BodyPublishers.noBody()));
    }

    private static Answer put(String address, String body) throws Exception {
        return http.send(http.request("PUT", address, "application/json", body));
    }

    @Test
    void shouldBackUpAndRestoreAsDescribed() throws Exception {
        Answer backup = http.get("/export");
        check("get", "/export", backup, 200);
        check("post", "/import", http.send(http.request("POST", "/import", "application/json", backup.body())), 200);
        check("post", "/import", http.send(http.request("POST", "/import", "application/json", "{}")), 400);
    }

    @Test
    void shouldAnswerAboutHolidaysAsDescribed() throws Exception {
        Answer countries = http.get("/holidays");
        check("get", "/holidays", countries, 200);
        assertThat(countries.body()).contains("\"at\"", "\"de\"", "\"us\"");
        Answer bavaria = http.get("/holidays/de?region=by&year=2026&language=de");
        check("get", "/holidays/{country}", bavaria, 200);
        assertThat(bavaria.body()).contains("2026-01-06", "2026-12-25", "Bayern");
        assertThat(http.get("/holidays/de?year=2026").body())
                .contains("2026-12-25")
                .doesNotContain("2026-01-06");
        check("get", "/holidays/{country}", http.get("/holidays/at?year=soon"), 400);
        assertThat(http.get("/holidays/xx?year=2026").json().getJsonArray("days"))
                .isEmpty();
    }

    @Test
    void shouldAnswerAboutBackupsOfEverythingAsDescribed() throws Exception {
        check(
                "post",
                "/backups",
                http.send(http.request("POST", "/backups", "application/json", "{\"passphrase\":7}")),
                400);
        Answer made = http.send(http.request("POST", "/backups", "application/json", "{}"));
        check("post", "/backups", made, 201);
        check("get", "/backups", http.get("/backups"), 200);
        check(
                "put",
                "/backups/passphrase",
                http.send(http.request(
                        "PUT", "/backups/passphrase", "application/json", "{\"passphrase\":\"four words and more\"}")),
                200);
        check(
                "put",
                "/backups/passphrase",
                http.send(http.request("PUT", "/backups/passphrase", "application/json", "{}")),
                400);
        String file = "/backups/" + made.json().getJsonObject("backup").getString("name");
        Answer taken = http.get(file);
        check("get", "/backups/{name}", taken, 200);
        assertThat(taken.body()).isEqualTo("sealed");
        assertThat(taken.header("Content-Disposition")).contains(".backup");
        check("get", "/backups/{name}", http.get("/backups/lintel.db"), 404);
        check("delete", "/backups/{name}", http.send(http.request(file).DELETE()), 200);
        check("delete", "/backups/{name}", http.send(http.request(file).DELETE()), 404);
    }

    @Test
    void shouldAnswerAboutEventsAsDescribed() throws Exception {
        check(
                "get",
                "/events",
                http.get(
                        "/events?limit=3&kind=decision&verdict=granted&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00%2B01:00"),
                200);
        check("get", "/audit", http.get("/audit?limit=3&from=2026-11-24T00:00:00Z"), 200);
        check("get", "/audit", http.get("/audit?from=yesterday"), 400);
        check("get", "/events", http.get("/events?from=yesterday"), 400);
        check("get", "/events", http.get("/events?kind=party"), 400);
        check("get", "/events/verification", http.get("/events/verification"), 200);
        check("get", "/people/{label}/data", http.get("/people/Anna/data"), 200);
        check(
                "get",
                "/people/{label}/templates/{id}/picture.png",
                http.get("/people/Anna/templates/1/picture.png"),
                404);
    }

    @Test
    void shouldAnswerAboutAttendanceAsDescribed() throws Exception {
        check("get", "/attendance/day", http.get("/attendance/day"), 200);
        check("get", "/attendance/day", http.get("/attendance/day?date=2026-11-24"), 200);
        check(
                "get",
                "/attendance/day",
                http.get("/attendance/day?date=2026-11-24&format=csv&separator=semicolon&bom=true"),
                200);
        check("get", "/attendance/day", http.get("/attendance/day?date=2026-11-31"), 400);
        check("get", "/attendance/month", http.get("/attendance/month?month=2026-11&label=Anna"), 200);
        check("get", "/attendance/month", http.get("/attendance/month?month=2026-11&format=xlsx"), 200);
        check("get", "/attendance/month", http.get("/attendance/month?month=0001-11"), 400);
        check(
                "post",
                "/attendance/corrections",
                http.send(
                        http.request(
                                "POST",
                                "/attendance/corrections",
                                "application/json",
                                "{\"kind\":\"added\",\"label\":\"Anna\",\"at\":\"2026-11-24T08:00:00+01:00\",\"direction\":\"in\",\"reason\":\"forgot\"}")),
                201);
        check(
                "post",
                "/attendance/corrections",
                http.send(http.request(
                        "POST", "/attendance/corrections", "application/json", "{\"kind\":\"seen\",\"reason\":\"x\"}")),
                400);
    }

    @Test
    void shouldAnswerAboutItselfAsDescribed() throws Exception {
        check("get", "/health", http.get("/health"), 200);
        check("get", "/ready", http.get("/ready"), 200);
        check("get", "/version", http.get("/version"), 200);
        check("get", "/metrics", http.get("/metrics"), 200);
        check("get", "/openapi.json", http.get("/openapi.json"), 200);
    }

    @Test
    void shouldAnswerAboutCamerasAsDescribed() throws Exception {
        check("get", "/cameras", http.get("/cameras"), 200);
        check("get", "/cameras/{camera}/picture.jpg", http.get("/cameras/front/picture.jpg?after=3"), 200);
        check("get", "/cameras/{camera}/picture.jpg", http.get("/cameras/none/picture.jpg"), 404);
        check("get", "/cameras/{camera}/picture.jpg", http.get("/cameras/lost/picture.jpg"), 503);
        check("get", "/cameras/{camera}/picture.jpg", http.get("/cameras/private/picture.jpg"), 403);
        check("get", "/cameras/{camera}/picture.jpg", http.get("/cameras/no%20id/picture.jpg"), 400);
        check("get", "/cameras/{camera}/stream", http.get("/cameras/none/stream"), 404);
    }

    @Test
    void shouldStreamAsDescribed() throws Exception {
        check(
                "get",
                "/stream/events",
                http.send(http.request("/stream/events").method("HEAD", BodyPublishers.noBody())),
                200);
        check("get", "/stream/events", http.send(http.request("/stream/events").header("Last-Event-ID", "me")), 400);
        check("get", "/stream/events", http.get("/stream/events?after=-1"), 400);
        check("get", "/stream/ws", http.get("/stream/ws"), 426);
    }

    @Test
    void shouldAnswerAboutTheConfigurationAsDescribed() throws Exception {
        String good = """
                {"changes": [{"op": "append", "path": "cameras", "value": {"id": "front", "source": "/dev/video0"}}]}""";
        String wrong = """
                {"changes": [{"op": "set", "path": "logging.level", "value": "loud"}]}""";
        String stale = """
                {"revision": "0", "changes": [{"op": "set", "path": "logging.level", "value": "debug"}]}""";
        check("get", "/settings", http.get("/settings"), 200);
        check("post", "/settings/check", http.send(json("POST", "/settings/check", good)), 200);
        check("post", "/settings/check", http.send(json("POST", "/settings/check", wrong)), 200);
        check("patch", "/settings", http.send(json("PATCH", "/settings", wrong)), 400);
        check("patch", "/settings", http.send(json("PATCH", "/settings", stale)), 409);
        check("patch", "/settings", http.send(json("PATCH", "/settings", good)), 200);
        check("get", "/settings/versions", http.get("/settings/versions"), 200);
        check("get", "/settings/versions/{id}", http.get("/settings/versions/1"), 200);
        check("post", "/settings/versions/{id}", http.send(json("POST", "/settings/versions/1", "")), 200);
        check("post", "/settings/versions/{id}", http.send(json("POST", "/settings/versions/99", "")), 404);
        check("post", "/restart", http.send(json("POST", "/restart", "")), 202);
    }

    @Test
    void shouldAnswerAboutTheSetupFromElsewhereAsDescribed() throws Exception {
        var made = http.send(json("POST", "/setup/code", ""));
        check("post", "/setup/code", made, 201);
        check("post", "/setup/session", http.send(json("POST", "/setup/session", "{\"code\": \"AAAA-AAAA\"}")), 401);
        String code = made.json().getString("code");
        check("post", "/setup/session", http.send(json("POST", "/setup/session", "{\"code\": \"" + code + "\"}")), 200);
    }

    @Test
    void shouldAnswerAboutCamerasToBeAsDescribed() throws Exception {
        check("post", "/setup/cameras", http.send(json("POST", "/setup/cameras", "")), 200);
        JsonObject shown = document.getJsonObject("paths")
                .getJsonObject("/setup/cameras/streams")
                .getJsonObject("post")
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("example");
        // An address without it is refused.
        assertThat(shown.getString("address")).startsWith("http://");
        check(
                "post",
                "/setup/cameras/streams",
                http.send(json("POST", "/setup/cameras/streams", "{\"address\": \"ftp://camera\"}")),
                400);
        check(
                "post",
                "/setup/cameras/try",
                http.send(json("POST", "/setup/cameras/try", "{\"source\": \"/home/anna/films\"}")),
                400);
    }

    private static java.net.http.HttpRequest.Builder json(String method, String address, String body) {
        return http.request(method, address, "application/json", body);
    }

    /** In a flow map, a comma ends a description and begins a key that nobody meant. */
    @Test
    void shouldGiveEveryOperationAnExampleThatItsSchemaAllows() {
        for (String path : document.getJsonObject("paths").fieldNames()) {
            JsonObject item = document.getJsonObject("paths").getJsonObject(path);
            for (String method : METHODS) {
                if (item.containsKey(method)) {
                    JsonObject operation = item.getJsonObject(method);
                    List<JsonObject> all = new ArrayList<>(withExample(operation));
                    all.addAll(withExample(item.getValue("parameters")));
                    assertThat(all).as("an example of " + method + " " + path).isNotEmpty();
                    all.stream()
                            .filter(one -> one.getValue("example") instanceof JsonObject)
                            .forEach(one -> {
                                OutputUnit result = validate(one.getJsonObject("schema"), one.getJsonObject("example"));
                                assertThat(result.getValid())
                                        .as("%s %s: %s", method, path, result.getErrors())
                                        .isTrue();
                            });
                }
            }
        }
    }

    /** Media types and parameters that have one, what is referred to included. */
    private static List<JsonObject> withExample(Object node) {
        List<JsonObject> found = new ArrayList<>();
        if (node instanceof JsonObject object) {
            JsonObject real = referred(object);
            if (real.containsKey("example") || real.containsKey("examples")) {
                found.add(real);
            }
            real.forEach(field -> {
                if (!field.getKey().equals("schema") && !field.getKey().startsWith("example")) {
                    found.addAll(withExample(field.getValue()));
                }
            });
        } else if (node instanceof JsonArray list) {
            list.forEach(item -> found.addAll(withExample(item)));
        }
        return found;
    }

    private static JsonObject referred(JsonObject object) {
        if (!object.containsKey("$ref")) {
            return object;
        }
        JsonObject found = document;
        for (String step : object.getString("$ref").substring(2).split("/")) {
            found = found.getJsonObject(step);
        }
        return found;
    }

    @Test
    void shouldCutNoDescriptionAtAComma() {
        List<String> keys = new ArrayList<>();
        collectKeys(document, keys);

        assertThat(keys.stream().filter(key -> key.contains(" "))).isEmpty();
        assertThat(document.getJsonArray("servers")).isNotEmpty();
    }

    private static void collectKeys(Object node, List<String> keys) {
        if (node instanceof JsonObject object) {
            object.forEach(entry -> {
                keys.add(entry.getKey());
                collectKeys(entry.getValue(), keys);
            });
        } else if (node instanceof JsonArray array) {
            array.forEach(item -> collectKeys(item, keys));
        }
    }

    @Test
    void shouldDescribeEveryCodeOfAProblem() {
        Set<String> described = Set.copyOf(
                schema("Problem").getJsonObject("properties").getJsonObject("code").getJsonArray("enum").stream()
                        .map(Object::toString)
                        .toList());

        assertThat(described)
                .containsAll(Arrays.stream(dev.lintel.face.Refusal.Code.values())
                        .map(code -> code.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void shouldGiveEveryOperationARoleAndAnEmptyHead() throws Exception {
        assertThat(http.send(http.request("/health").method("HEAD", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
        assertThat(http.send(http.request("/health").method("HEAD", BodyPublishers.noBody()))
                        .body())
                .isEmpty();
        document.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .stream()
                                .filter(entry -> METHODS.contains(entry.getKey()))
                                .forEach(entry -> assertThat(roles((JsonObject) entry.getValue()))
                                        .as(path.getKey())
                                        .isNotEmpty()
                                        .allMatch(role -> List.of("none", "any").contains(role)
                                                || Arrays.stream(Role.values())
                                                        .anyMatch(known ->
                                                                known.text().equals(role)))));
    }

    private static List<?> roles(JsonObject operation) {
        return operation.getValue("x-lintel-role") instanceof JsonArray several
                ? several.getList()
                : List.of(operation.getString("x-lintel-role"));
    }

    private static void check(String method, String path, Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        exercised.add(method + " " + path);
        JsonObject responses = document.getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject(method)
                .getJsonObject("responses");
        JsonObject response =
                resolve(responses.getJsonObject(Integer.toString(status), responses.getJsonObject("default")));
        String type = answer.header("Content-Type").split(";")[0];
        JsonObject described = response.getJsonObject("content").getJsonObject(type);
        assertThat(described).as("%s %s answers %s", method, path, type).isNotNull();
        if (type.endsWith("json")) {
            OutputUnit result = validate(described.getJsonObject("schema"), answer.json());
            assertThat(result.getValid())
                    .as("%s: %s", answer.body(), result.getErrors())
                    .isTrue();
        }
    }

    private static OutputUnit validate(JsonObject schema, JsonObject value) {
        SchemaRepository schemas = SchemaRepository.create(new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012)
                .setBaseUri("https://lintel.invalid/")
                .setOutputFormat(OutputFormat.Basic));
        return schemas.validator(JsonSchema.of((JsonObject) inlined(schema))).validate(value);
    }

    /** The schema with its references replaced by what they stand for; none of ours contains itself. */
    private static Object inlined(Object node) {
        if (node instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(item -> copy.add(inlined(item)));
            return copy;
        }
        if (node instanceof JsonObject object) {
            String reference = object.getString("$ref");
            if (reference != null) {
                return inlined(schema(reference.substring(reference.lastIndexOf('/') + 1)));
            }
            JsonObject copy = new JsonObject();
            object.forEach(entry -> copy.put(entry.getKey(), inlined(entry.getValue())));
            return copy;
        }
        return node;
    }

    private static JsonObject resolve(JsonObject object) {
        String reference = object.getString("$ref");
        return reference == null
                ? object
                : document.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static JsonObject schema(String name) {
        return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }
}
