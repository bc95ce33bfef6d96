package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.accounts.Role;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.ConfirmedVisit;
import dev.lintel.testkit.FakeFaces;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever changes something through the API is in the sealed log, with who did it and from where: with a real store. */
@Tag("slow")
class ActsOverHttpTest {
    private static final String KEY = "boss-0123456789abcdef";
    private static final String PASSWORD = "four words make one";
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    @TempDir
    Path folder;

    private GatewayHarness gateway;
    private Http http;
    private String cookie;

    /** What an operation is asked with, in a world that the ones before it left. */
    private interface Asking {
        Answer ask() throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayHarness.withStore(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(KEY)))),
                folder.resolve("lintel.db"));
        http = new Http(gateway);
        gateway.box()
                .bus()
                .serve(
                        RenewalMessages.CONFIRM,
                        question -> Future.succeededFuture(Outcome.done(new ConfirmedVisit(Label.of("Anna"), true))));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        return http.send(request.header("X-API-Key", KEY));
    }

    private Answer json(String method, String address, Object body) throws Exception {
        return send(http.request(
                method, address, "application/json", body instanceof JsonObject json ? json.encode() : (String) body));
    }

    private Answer delete(String address) throws Exception {
        return send(http.request(address).DELETE());
    }

    private Answer enrol(String label, String photo) throws Exception {
        return send(http.form("/enroll?label=" + label, photo));
    }

    private Answer login(String password) throws Exception {
        Answer answer = http.send(http.request(
                "POST",
                "/session",
                "application/json",
                new JsonObject().put("name", "anna").put("password", password).encode()));
        if (answer.status() == 200) {
            cookie = answer.header("Set-Cookie").split(";")[0];
        }
        return answer;
    }

    private HttpRequest.Builder inSession(HttpRequest.Builder request) {
        return request.header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin");
    }

    private long template(String label) throws Exception {
        return send(http.request("/people/" + label))
                .json()
                .getJsonArray("templates")
                .getJsonObject(0)
                .getLong("id");
    }

    /** A group of unknown visitors. */
    private long visitors(String photo) throws Exception {
        Instant now = Instant.now();
        UUID id = UUID.randomUUID();
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                now,
                now,
                now,
                9,
                3,
                Sighting.Identity.UNKNOWN,
                null,
                1.1,
                0.55,
                0.1,
                new LiveProof(LiveProof.State.LIVE, 0.9, List.of()),
                FakeFaces.embeddingOf(photo),
                FakeFaces.MODEL);
        DoorEvent event = DoorEvent.of(new Decision(
                id, "main", now, Decision.Verdict.DENIED, null, sighting, "unknown", List.of(new Reason("unknown"))));
        GatewayHarness.await(gateway.box()
                .bus()
                .ask(EventMessages.RECORD, new RecordEvent(event, Deadline.after(Duration.ofSeconds(20)))));
        return send(http.request("/visitors"))
                .json()
                .getJsonArray("visitors")
                .getJsonObject(0)
                .getLong("id");
    }

    private String backup() throws Exception {
        return send(http.request("/backups"))
                .json()
                .getJsonArray("backups")
                .getJsonObject(0)
                .getString("name");
    }

    private Map<String, Asking> askings() {
        Map<String, Asking> all = new LinkedHashMap<>();
        all.put("enroll", () -> enrol("Anna", "anna1"));
        all.put(
                "setAccess",
                () -> json(
                        "PUT",
                        "/people/Anna/access",
                        new JsonObject().put("groups", new JsonArray()).put("pin", "482915")));
        all.put("clearPin", () -> delete("/people/Anna/access/pin"));
        all.put("forgivePassback", () -> delete("/people/Anna/passback"));
        all.put(
                "confirmVisit",
                () -> send(http.request("/visits/" + UUID.randomUUID() + "/confirm")
                        .POST(BodyPublishers.noBody())));
        all.put(
                "changeTemplate",
                () -> json(
                        "PATCH",
                        "/people/Anna/templates/" + template("Anna"),
                        new JsonObject().put("set_aside", true)));
        all.put(
                "giveConsent",
                () -> json(
                        "PUT",
                        "/people/Anna/consent",
                        new JsonObject()
                                .put("purposes", new JsonArray().add("door").add("pictures"))));
        all.put("templatePicture", () -> {
            enrol("Anna", "anna1");
            return send(http.request("/people/Anna/templates/" + template("Anna") + "/picture.png"));
        });
        all.put("describePerson", () -> json("PATCH", "/people/Anna/details", new JsonObject().put("note", "x")));
        all.put("putPersonByExternalId", () -> json("PUT", "/directory/4711", new JsonObject().put("label", "Anna")));
        all.put("setActive", () -> json("PUT", "/people/Anna/active", new JsonObject().put("active", false)));
        all.put("personData", () -> send(http.request("/people/Anna/data")));
        all.put("export", () -> send(http.request("/export")));
        all.put(
                "import",
                () -> json("POST", "/import", send(http.request("/export")).body()));
        all.put(
                "correctAttendance",
                () -> json(
                        "POST",
                        "/attendance/corrections",
                        new JsonObject()
                                .put("kind", "added")
                                .put("label", "Anna")
                                .put("at", Instant.now().minusSeconds(3600).toString())
                                .put("direction", "in")
                                .put("reason", "camera was off")));
        all.put("renamePerson", () -> json("PATCH", "/people/Anna", new JsonObject().put("label", "Anne")));
        all.put("deleteTemplate", () -> {
            enrol("Anne", "anna2");
            return delete("/people/Anne/templates/" + template("Anne"));
        });
        all.put("withdrawConsent", () -> delete("/people/Anne/consent?faces=keep"));
        all.put("deletePerson", () -> delete("/people/Anne"));
        all.put("delete", () -> {
            enrol("Bob", "bob1");
            return delete("/delete?label=Bob");
        });
        all.put(
                "assignVisitors",
                () -> json(
                        "POST", "/visitors/" + visitors("carl1") + "/assign", new JsonObject().put("label", "Carl")));
        all.put(
                "ignoreVisitors",
                () -> send(http.request("/visitors/" + visitors("dora1") + "/ignore")
                        .POST(BodyPublishers.noBody())));
        all.put("forgetVisitors", () -> delete("/visitors/" + visitors("emil1")));
        all.put("unlockDoor", () -> send(http.request("/doors/main/unlock").POST(BodyPublishers.noBody())));
        all.put("setDoorMode", () -> json("PUT", "/doors/main/mode", new JsonObject().put("mode", "lock-down")));
        all.put(
                "changeSettings",
                () -> json(
                        "PATCH",
                        "/settings",
                        "{\"changes\": [{\"op\": \"set\", \"path\": \"attendance.keep-events\", \"value\": \"30d\"}]}"));
        all.put(
                "restoreSettingsVersion",
                () -> send(http.request("/settings/versions/1").POST(BodyPublishers.noBody())));
        all.put(
                "makeBackup",
                () -> json("POST", "/backups", new JsonObject().put("passphrase", "opens the backups alone")));
        all.put(
                "keepBackupPassphrase",
                () -> json(
                        "PUT", "/backups/passphrase", new JsonObject().put("passphrase", "opens the backups alone")));
        all.put("downloadBackup", () -> send(http.request("/backups/" + backup())));
        all.put("removeBackup", () -> delete("/backups/" + backup()));
        all.put("restart", () -> send(http.request("/restart").POST(BodyPublishers.noBody())));
        all.put(
                "addAccount",
                () -> json(
                        "POST",
                        "/accounts",
                        new JsonObject()
                                .put("name", "anna")
                                .put("password", PASSWORD)
                                .put("roles", new JsonArray().add("reception"))));
        all.put(
                "changeAccount",
                () -> json("PATCH", "/accounts/anna", new JsonObject().put("roles", new JsonArray().add("personnel"))));
        all.put("logIn", () -> login(PASSWORD));
        all.put("changePassword", () -> {
            Answer answer = http.send(inSession(http.request(
                    "PUT",
                    "/session/password",
                    "application/json",
                    new JsonObject()
                            .put("password", PASSWORD)
                            .put("new_password", PASSWORD + " more")
                            .encode())));
            cookie = answer.header("Set-Cookie").split(";")[0];
            return answer;
        });
        all.put("logOut", () -> http.send(inSession(http.request("/session")).DELETE()));
        all.put("removeAccount", () -> delete("/accounts/anna"));
        all.put(
                "addKey",
                () -> json("POST", "/keys", new JsonObject().put("name", "pad").put("role", "keypad")));
        all.put("removeKey", () -> delete("/keys/pad"));
        return all;
    }

    @Test
    void shouldFindTheActOfEveryOperationThatChangesSomething() throws Exception {
        Map<String, String> acts = acts();
        // Of a box that is new, see below.
        acts.keySet().removeAll(List.of("makeSetupCode", "enterSetup"));
        Map<String, Asking> askings = askings();
        assertThat(askings.keySet())
                .as("a new operation needs its request here")
                .hasSameElementsAs(acts.keySet());
        for (var asking : askings.entrySet()) {
            String operation = asking.getKey();
            long before = newest().map(act -> act.getLong("sequence")).orElse(0L);

            Answer answer = asking.getValue().ask();

            assertThat(answer.status()).as(operation + answer.body()).isBetween(200, 299);
            JsonObject found = audit().stream()
                    .filter(act -> act.getLong("sequence") > before)
                    .filter(act -> act.getString("act").equals(acts.get(operation)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(operation + " left no act " + acts.get(operation)));
            boolean own = List.of("changePassword", "logOut").contains(operation);
            String by = operation.equals("logIn") ? "-" : own ? "anna" : "boss";
            assertThat(found.getString("by")).as(operation).isEqualTo(by);
            assertThat(found.getString("from")).as(operation).isEqualTo("127.0.0.1");
        }
        String all = send(http.request("/audit?limit=1000")).body();
        assertThat(all)
                .doesNotContain("opens the backups")
                .doesNotContain("482915")
                .doesNotContain(PASSWORD)
                .doesNotContain("Anne");
        JsonObject check = send(http.request("/events/verification")).json();
        assertThat(check.getBoolean("intact")).as(check.encode()).isTrue();
    }

    @Test
    void shouldNoteWhoSetsANewBoxUp() throws Exception {
        try (GatewayHarness fresh = GatewayHarness.withStore(Map.of(), folder.resolve("fresh.db"))) {
            Http own = new Http(fresh);
            JsonObject code = own.send(own.request("/setup/code").POST(BodyPublishers.noBody()))
                    .json();
            Answer entered = own.send(own.request(
                    "POST",
                    "/setup/session",
                    "application/json",
                    new JsonObject().put("code", code.getString("code")).encode()));
            assertThat(entered.status()).as(entered.body()).isEqualTo(200);

            JsonArray acts = own.get("/audit").json().getJsonArray("acts");
            assertThat(acts.getJsonObject(1).getString("act")).isEqualTo("setup-code-made");
            assertThat(acts.getJsonObject(1).getString("by")).isEqualTo("local");
            assertThat(acts.getJsonObject(0).getString("act")).isEqualTo("setup-entered");
        }
    }

    /** Of the contract: operation id and the code of the act. */
    private Map<String, String> acts() throws Exception {
        Map<String, String> acts = new HashMap<>();
        JsonObject paths = http.get("/openapi.json").json().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : METHODS) {
                JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
                if (operation != null) {
                    String code = operation.getString("x-lintel-act", operation.getString("x-lintel-note", "none"));
                    if (!code.equals("none")) {
                        acts.put(operation.getString("operationId"), code);
                    }
                }
            }
        }
        return acts;
    }

    private List<JsonObject> audit() throws Exception {
        return send(http.request("/audit?limit=1000")).json().getJsonArray("acts").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private Optional<JsonObject> newest() throws Exception {
        return audit().stream().findFirst();
    }

    @Test
    void shouldSayWhatWasDoneAndToWhomWhileTheyAreEnrolled() throws Exception {
        enrol("Anna", "anna1");
        JsonObject act = newest().orElseThrow();
        assertThat(act.getString("label")).isEqualTo("Anna");
        assertThat(act.getString("role")).isEqualTo("admin");
        assertThat(act.getJsonObject("details").getString("person")).isEqualTo("1");
        assertThat(act.getJsonObject("details").getString("templates")).isEqualTo("1");
        assertThat(act.getString("detail")).contains("enrolled faces of a person; by boss (admin) from 127.0.0.1");

        delete("/people/Anna");

        assertThat(audit())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.getString("label")).isNull());
        assertThat(newest().orElseThrow().getJsonObject("details").getString("person"))
                .isEqualTo("1");
    }

    @Test
    void shouldNoteNothingThatWasRefused() throws Exception {
        delete("/people/Nobody");
        enrol("Anna", "nobody");

        assertThat(audit()).isEmpty();
    }

    @Test
    void shouldNoteWrongPasswordsWithoutWhatWasTyped() throws Exception {
        json(
                "POST",
                "/accounts",
                new JsonObject()
                        .put("name", "anna")
                        .put("password", PASSWORD)
                        .put("roles", new JsonArray().add("admin")));
        login("wrong password typed here");
        JsonObject act = newest().orElseThrow();
        assertThat(act.getString("act")).isEqualTo("login-failed");
        assertThat(act.getJsonObject("details").getString("account")).isEqualTo("anna");
        assertThat(act.encode()).doesNotContain("typed here");
    }

    @Test
    void shouldKeepActsFromStreamsAndFromTheLogOfTheDoor() throws Exception {
        enrol("Anna", "anna1");

        assertThat(send(http.request("/events")).json().getJsonArray("events")).isEmpty();
        assertThat(send(http.request("/people/Anna/data")).json().getJsonArray("events"))
                .isEmpty();
    }

    @Test
    void shouldWriteActsAsCsv() throws Exception {
        enrol("Anna", "anna1");
        Answer answer = send(http.request("/audit?format=csv"));
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.get(0)).isEqualTo("sequence,at,by,role,from,act,label,details,detail");
        assertThat(lines.get(1)).contains("boss,admin,127.0.0.1,person-enrolled,Anna,");
    }

    /** No plaintext of an act leaves through a file of the program's log; that is for the access log alone. */
    @Test
    void shouldLeaveNoFileBesideTheStore() throws Exception {
        enrol("Anna", "anna1");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.startsWith("lintel.db"));
        }
    }
}
