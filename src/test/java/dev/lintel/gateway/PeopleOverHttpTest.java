package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleOverHttpTest {
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
    void forgetEverybody() {
        gateway.box().forgetEverything();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jörg Müßig",
                "Анна",
                "山田 太郎",
                "محمد",
                "O'Brien \"Bob\"",
                "a/b",
                "100%",
                "007",
                "-1",
                "1.5",
                "true",
                "null",
                "[]",
                "a;b&c=d?e#f+g",
                "back\\slash",
                "👩‍🚀",
                "{\"x\":1}"
            })
    void shouldTakeAnyNameInTheQueryAndInThePath(String label) throws Exception {
        String encoded = Http.encode(label);

        Answer enrolled = http.post("/enroll?label=" + encoded, "anna1");

        assertThat(enrolled.json().getString("label")).isEqualTo(label);
        assertThat(http.post("/identify", "anna2").json().getString("label")).isEqualTo(label);
        assertThat(http.get("/people/" + encoded).json().getString("label")).isEqualTo(label);
        assertThat(http.send(http.request("/delete?label=" + encoded).DELETE())
                        .json()
                        .getInteger("deleted"))
                .isEqualTo(1);
    }

    @Test
    void shouldTreatOneNameInTwoNormalFormsAsOnePerson() throws Exception {
        http.post("/enroll?label=" + Http.encode("Jo\u0308rg"), "anna1");

        assertThat(http.get("/people/" + Http.encode("J\u00f6rg")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label=%20",
                "label=unknown",
                "label=a%00b",
                "label=%E4",
                "label=",
                "label=%zz",
                "",
                "label=a&label=b",
                "lable=a"
            })
    void shouldRefuseWhatIsNoName(String query) throws Exception {
        Answer answer = http.sendRaw("POST", "/enroll?" + query, Http.formBody("anna1"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isIn("invalid_label", "invalid_request");
        assertThat(gateway.box().screened()).isEmpty();
    }

    @Test
    void shouldPageThroughTheList() throws Exception {
        for (String name : List.of("dora", "anna", "emil", "bob", "carl")) {
            http.post("/enroll?label=" + name, name + "1");
        }

        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonObject page = http.get("/list?limit=2&after=" + next).json();
            assertThat(page.getInteger("total")).isEqualTo(5);
            page.getJsonArray("people").forEach(person -> seen.add(((JsonObject) person).getString("label")));
            next = page.getString("next");
        }

        assertThat(seen).containsExactly("anna", "bob", "carl", "dora", "emil");
    }

    @Test
    void shouldRenameAndMergeOnlyIfTold() throws Exception {
        http.post("/enroll?label=Anna", "anna1");
        http.post("/enroll?label=Bob", "bob1");

        assertThat(rename("/people/Anna", "Bob").status()).isEqualTo(409);
        var unlike = rename("/people/Anna?merge=true", "Bob");
        assertThat(unlike.status()).isEqualTo(409);
        assertThat(unlike.json().getString("code")).isEqualTo("unlike_others");
        assertThat(rename("/people/Anna?merge=true&mixed=allow", "Bob").json().getInteger("count"))
                .isEqualTo(2);
        assertThat(http.get("/people/Anna").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "{\"label\":1}", "{\"label\":\"x\",\"y\":2}", "{\"label\":\"\"}", "null"})
    void shouldRefuseARenameThatTheContractDoesNotKnow(String body) throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        Answer answer = http.send(http.request("PATCH", "/people/Anna", "application/json", body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isEqualTo("invalid_request");
    }

    @Test
    void shouldRefuseARenameThatIsNoJson() throws Exception {
        assertThat(http.send(http.request("PATCH", "/people/Anna", "text/plain", "Bob"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void shouldDeleteOneTemplate() throws Exception {
        http.post("/enroll?label=Anna", "anna1", "anna2");
        long id = http.get("/people/Anna")
                .json()
                .getJsonArray("templates")
                .getJsonObject(0)
                .getLong("id");

        JsonObject deleted =
                http.send(http.request("/people/Anna/templates/" + id).DELETE()).json();

        assertThat(deleted.getInteger("remaining")).isEqualTo(1);
        assertThat(http.send(http.request("/people/Anna/templates/x").DELETE()).status())
                .isEqualTo(400);
    }

    @Test
    void shouldRestoreABackupExactly() throws Exception {
        http.post("/enroll?label=Anna", "anna1", "anna2");
        JsonObject backup = http.get("/export").json();
        http.send(http.request("/people/Anna").DELETE());

        Answer restored = http.send(http.request("POST", "/import", "application/json", backup.encode()));
        JsonObject again = http.get("/export").json();

        assertThat(restored.json().getInteger("imported")).isEqualTo(2);
        assertThat(again.getJsonArray("templates")).isEqualTo(backup.getJsonArray("templates"));
        assertThat(http.post("/identify", "anna3").json().getString("label")).isEqualTo("Anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"format\":\"other\",\"templates\":[]",
                "\"format\":\"lintel-gallery-1\"",
                "\"format\":\"lintel-gallery-1\",\"templates\":[1]",
                "\"format\":\"lintel-gallery-1\",\"templates\":[{}]",
                "\"format\":\"lintel-gallery-1\",\"templates\":[{\"label\":\"A\",\"model_id\":\"m\",\"created_at\":\"2026-11-24T12:00:00Z\","
                        + "\"quality\":0.5,\"vector\":\"AAAA\"}]",
                "\"format\":\"lintel-gallery-1\",\"templates\":[{\"label\":\"A\",\"model_id\":\"m\",\"created_at\":\"2026-11-24T12:00:00Z\","
                        + "\"quality\":0.5,\"vector\":\"AADAfw==\"}]",
                "\"format\":\"lintel-gallery-1\",\"templates\":[{\"label\":\"A\",\"model_id\":\"m\",\"created_at\":\"yesterday\","
                        + "\"quality\":0.5,\"vector\":\"AACAPw==\"}]",
                "\"format\":\"lintel-gallery-1\",\"templates\":[{\"label\":\"A\",\"model_id\":\"m\",\"created_at\":\"2026-11-24T12:00:00Z\","
                        + "\"quality\":5,\"vector\":\"AACAPw==\"}]"
            })
    void shouldRefuseABrokenBackupAndSayWhere(String members) throws Exception {
        Answer answer = http.send(http.request("POST", "/import", "application/json", "{" + members + "}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).containsPattern("^(format|templates)");
    }

    private Answer rename(String address, String to) throws Exception {
        return http.send(http.request(
                "PATCH",
                address,
                "application/json",
                new JsonObject().put("label", to).encode()));
    }
}
