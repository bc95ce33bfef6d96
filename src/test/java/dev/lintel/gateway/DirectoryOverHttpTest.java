package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.Role;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers, notes and fields of people and who is deactivated, over HTTP with a real store. */
@Tag("slow")
class DirectoryOverHttpTest {
    private static final String BOSS = "boss-0123456789abcdef";
    private static final String EYES = "eyes-0123456789abcdef";
    private static final String ENROL = "enrol-0123456789abcdef";

    @TempDir
    Path folder;

    private GatewayHarness gateway;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayHarness.withStore(
                Map.of(
                        "keys",
                        List.of(
                                new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(BOSS)),
                                new ApiKey("eyes", Role.IDENTIFY, Optional.empty(), Optional.of(EYES)),
                                new ApiKey("desk", Role.ENROL, Optional.empty(), Optional.of(ENROL)))),
                folder.resolve("lintel.db"));
        http = new Http(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Answer json(String method, String address, String body, String key) throws Exception {
        return http.send(http.request(method, address, "application/json", body).header("X-API-Key", key));
    }

    private Answer get(String address) throws Exception {
        return http.send(http.request(address).header("X-API-Key", BOSS));
    }

    private Answer photo(String address, String photo, String key) throws Exception {
        return http.send(http.form(address, photo).header("X-API-Key", key));
    }

    @Test
    void shouldTellNearlyTheSameNameOnlyToWhoeverMaySeePeople() throws Exception {
        photo("/enroll?label=Anna", "anna1", BOSS);

        assertThat(photo("/verify?label=ANNA", "anna2", ENROL).json().getString("detail"))
                .contains("did you mean 'Anna'?");
        assertThat(photo("/verify?label=ANNA", "anna2", EYES).json().getString("detail"))
                .isEqualTo("nobody is enrolled under this label");
    }

    @Test
    void shouldTakeABlankNumberForNobodys() throws Exception {
        photo("/enroll?label=Anna", "anna1", BOSS);

        for (String address :
                List.of("/directory/%20", "/directory/%E3%80%80", "/people?external_id=%09", "/people?external_id=")) {
            assertThat(get(address).status()).as(address).isEqualTo(400);
        }
        assertThat(get("/people").json().getInteger("total")).isEqualTo(1);
    }

    @Test
    void shouldRefuseHalfOfACharacter() throws Exception {
        Answer answer = json(
                "PATCH",
                "/settings",
                "{\"changes\": [{\"op\": \"set\", \"path\": \"gateway.place\", \"value\": \"\\ud83d\"}]}",
                BOSS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).contains("half of a character");
    }

    @Test
    void shouldTellTheNumberToWhoeverRecognisesAndTheRestToWhoeverMaySeePeople() throws Exception {
        photo("/enroll?label=Anna", "anna1", BOSS);
        assertThat(photo("/identify", "anna2", BOSS).json().containsKey("person"))
                .isFalse();
        json(
                "PUT",
                "/directory/0017%2FA",
                "{\"label\": \"Anna\", \"note\": \"left\", \"fields\": {\"dep\": \"Sales\"}}",
                BOSS);

        assertThat(photo("/identify", "anna2", EYES).json().getJsonObject("person"))
                .isEqualTo(new JsonObject().put("external_id", "0017/A"));
        assertThat(photo("/identify", "anna2", BOSS).json().getJsonObject("person"))
                .isEqualTo(new JsonObject()
                        .put("external_id", "0017/A")
                        .put("note", "left")
                        .put("fields", new JsonObject().put("dep", "Sales")));
        assertThat(photo("/identify?faces=all", "anna2", EYES)
                        .json()
                        .getJsonArray("faces")
                        .getJsonObject(0)
                        .getJsonObject("person"))
                .isEqualTo(new JsonObject().put("external_id", "0017/A"));
        assertThat(photo("/identify", "zoe1", BOSS).json().containsKey("person"))
                .isFalse();
    }

    @Test
    void shouldWarnOfANameThatSomebodyElseNearlyHas() throws Exception {
        photo("/enroll?label=Anna%20M", "anna1", BOSS);

        JsonObject made =
                json("PUT", "/directory/9", "{\"label\": \"anna m\"}", BOSS).json();
        JsonObject again =
                json("PUT", "/directory/9", "{\"label\": \"anna m\"}", BOSS).json();

        assertThat(made.getJsonArray("similar_labels")).containsExactly("Anna M");
        assertThat(again.containsKey("similar_labels")).isFalse();
    }

    @Test
    void shouldFindPeopleByTheirNumberAndByWhatIsSaid() throws Exception {
        photo("/enroll?label=Anna", "anna1", BOSS);
        json("PATCH", "/people/Anna/details", "{\"external_id\": \"7\", \"fields\": {\"dep\": \"Sales\"}}", BOSS);

        JsonObject page = get("/people?external_id=7").json();
        assertThat(page.getInteger("total")).isEqualTo(1);
        assertThat(page.getJsonArray("people").getJsonObject(0).getString("external_id"))
                .isEqualTo("7");
        assertThat(get("/people?text=sales").json().getInteger("total")).isEqualTo(1);
        assertThat(get("/people?text=nothing").json().getInteger("total")).isZero();
        assertThat(get("/directory/7").json().getString("label")).isEqualTo("Anna");
        assertThat(get("/directory/8").status()).isEqualTo(404);
        assertThat(json("PATCH", "/people/Anna/details", "{\"external_id\": null}", BOSS)
                        .json()
                        .getValue("external_id"))
                .isNull();
        assertThat(get("/people?external_id=7").json().getInteger("total")).isZero();
        assertThat(get("/people/Anna/data").json().getJsonObject("fields").getString("dep"))
                .isEqualTo("Sales");
        assertThat(get("/export").json().getJsonArray("people")).hasSize(1);
    }

    @Test
    void shouldSayWhatWasDoneWithAPersonOfAnotherSystem() throws Exception {
        assertThat(json("PUT", "/directory/7", "{\"label\": \"Anna\"}", BOSS)
                        .json()
                        .getString("result"))
                .isEqualTo("created");
        assertThat(json("PUT", "/directory/7", "{\"label\": \"Anna\"}", BOSS)
                        .json()
                        .getString("result"))
                .isEqualTo("unchanged");
        assertThat(json("PUT", "/directory/7", "{\"label\": \"Anna Berg\", \"active\": false}", BOSS)
                        .json()
                        .getJsonObject("person")
                        .getBoolean("active"))
                .isFalse();
        assertThat(photo("/enroll?label=Anna%20Berg", "anna1", BOSS).status()).isEqualTo(200);
        assertThat(photo("/identify", "anna2", BOSS).json().getString("label")).isEqualTo("unknown");
        Answer verified = photo("/verify?label=Anna%20Berg", "anna2", BOSS);
        assertThat(verified.status()).isEqualTo(409);
        assertThat(verified.json().getString("code")).isEqualTo("person_inactive");
        json("PUT", "/people/Anna%20Berg/active", "{\"active\": true}", BOSS);
        assertThat(photo("/identify", "anna2", BOSS).json().getString("label")).isEqualTo("Anna Berg");
    }

    @Test
    void shouldRefuseWhatIsWrongAndWhoeverMayNot() throws Exception {
        photo("/enroll?label=Anna", "anna1", BOSS);
        for (String wrong : List.of(
                "{\"external_id\": 7}",
                "{\"note\": \"" + "x".repeat(1001) + "\"}",
                "{\"fields\": {\"a\": 1}}",
                "{\"fields\": {\"" + "n".repeat(41) + "\": \"x\"}}",
                "{\"fields\": {\"a\": \"b\\u0007\"}}",
                "{\"nickname\": \"x\"}")) {
            assertThat(json("PATCH", "/people/Anna/details", wrong, BOSS).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(json("PUT", "/directory/7", "{}", BOSS).status()).isEqualTo(400);
        assertThat(json("PUT", "/directory/7", "{\"label\": \"unknown\"}", BOSS).status())
                .isEqualTo(400);
        assertThat(json("PUT", "/directory/%20", "{\"label\": \"Zoe\"}", BOSS).status())
                .isEqualTo(400);
        for (String key : List.of(EYES, ENROL)) {
            assertThat(json("PUT", "/people/Anna/active", "{\"active\": false}", key)
                            .status())
                    .isEqualTo(403);
            assertThat(json("PUT", "/directory/7", "{\"label\": \"Anna\"}", key).status())
                    .isEqualTo(403);
        }
        assertThat(json("PATCH", "/people/Nobody/details", "{}", BOSS).status()).isEqualTo(404);
    }
}
