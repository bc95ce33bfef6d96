package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FacesOverHttpTest {
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

    @Test
    void shouldIdentifyWhomItEnrolled() throws Exception {
        JsonObject enrolled = http.post("/enroll?label=Anna", "anna1", "anna2").json();
        JsonObject found = http.post("/identify", "anna3").json();

        assertThat(enrolled.getInteger("enrolled")).isEqualTo(2);
        assertThat(enrolled.getInteger("total")).isEqualTo(2);
        assertThat(found.getString("label")).isEqualTo("Anna");
        assertThat(found.getDouble("distance"))
                .isLessThan(found.getJsonObject("threshold").getDouble("distance"));
        assertThat(found.getJsonObject("threshold").getString("source")).isEqualTo("fpir_target");
        assertThat(found.getJsonObject("threshold").getInteger("templates")).isEqualTo(2);
        assertThat(found.getValue("margin")).isNull();
        assertThat(found.getString("model_id")).isEqualTo("fake-1");
    }

    @Test
    void shouldAnswerUnknownWithItsDistanceForAStranger() throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        JsonObject found = http.post("/identify", "stranger1").json();

        assertThat(found.getString("label")).isEqualTo("unknown");
        assertThat(found.getString("unknown_because")).isEqualTo("too_far");
        assertThat(found.getDouble("distance")).isGreaterThan(0.6);
    }

    @Test
    void shouldAnswerUnknownWithoutADistanceWhileNobodyIsEnrolled() throws Exception {
        JsonObject found = http.post("/identify", "stranger1").json();

        assertThat(found.getString("label")).isEqualTo("unknown");
        assertThat(found.containsKey("distance")).isTrue();
        assertThat(found.getValue("distance")).isNull();
    }

    @Test
    void shouldTakeTauOnTheSeedsScale() throws Exception {
        http.post("/enroll?label=Anna", "anna1");
        double distance = http.post("/identify", "anna2").json().getDouble("distance");

        JsonObject strict =
                http.post("/identify?tau=" + (distance - 0.01), "anna2").json();
        JsonObject loose =
                http.post("/identify?tau=" + (distance + 0.01), "anna2").json();

        assertThat(strict.getString("label")).isEqualTo("unknown");
        assertThat(loose.getString("label")).isEqualTo("Anna");
        assertThat(loose.getJsonObject("threshold").getString("source")).isEqualTo("request");
    }

    @Test
    void shouldKeepTheSeedsWordsInRefusals() throws Exception {
        Answer spoof = http.post("/identify", "!anna1");
        Answer nobody = http.post("/enroll?label=Anna", "nobody");

        assertThat(spoof.status()).isEqualTo(400);
        assertThat(spoof.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(spoof.json().getString("detail")).startsWith("failed liveness checks");
        assertThat(spoof.json().getString("code")).isEqualTo("spoof_suspected");
        assertThat(spoof.json().getJsonArray("faces")).hasSize(1);
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.json().getString("detail")).startsWith("no face detected");
        assertThat(nobody.json().getString("request_id")).isEqualTo(nobody.header("X-Request-Id"));
    }

    @Test
    void shouldSayOfEachImageWhatBecameOfIt() throws Exception {
        JsonObject enrolled = http.post("/enroll?label=Anna", "anna1", "anna2 bob1", "%", "anna3")
                .json();

        assertThat(enrolled.getInteger("enrolled")).isEqualTo(2);
        assertThat(enrolled.getJsonArray("results").stream()
                        .map(r -> ((JsonObject) r).getBoolean("stored"))
                        .toList())
                .containsExactly(true, false, false, true);
        JsonObject several = enrolled.getJsonArray("results").getJsonObject(1);
        assertThat(several.getInteger("faces_found")).isEqualTo(2);
        assertThat(enrolled.getJsonArray("results").getJsonObject(0).getInteger("faces_found"))
                .isEqualTo(1);
        assertThat(several.getString("filename")).isEqualTo("photo1.jpg");
        assertThat(several.getJsonObject("reason").getString("code")).isEqualTo("several_faces");
        assertThat(several.getJsonObject("reason").getJsonArray("faces")).hasSize(2);
    }

    @Test
    void shouldRefuseTheSameFaceUnderAnotherLabelUntilTold() throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        Answer refused = http.post("/enroll?label=Bob", "anna2");
        Answer allowed = http.post("/enroll?label=Bob&duplicate=allow", "anna2");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("detail")).startsWith("already enrolled as Anna");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.json()
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getJsonObject("duplicate_of")
                        .getString("label"))
                .isEqualTo("Anna");
    }

    @Test
    void shouldWarnOfANameThatSomebodyElseNearlyHas() throws Exception {
        http.post("/enroll?label=Anna%20M", "anna1");

        JsonObject twin = http.post("/enroll?label=annaM", "bob1").json();
        JsonObject again = http.post("/enroll?label=annaM", "bob2").json();

        assertThat(twin.getJsonArray("similar_labels")).containsExactly("Anna M");
        assertThat(again.containsKey("similar_labels")).isFalse();
    }

    @Test
    void shouldCountTheSamePhotoOnce() throws Exception {
        JsonObject enrolled = http.post("/enroll?label=Anna", "anna1", "anna1").json();

        assertThat(enrolled.getInteger("enrolled")).isEqualTo(1);
        assertThat(enrolled.getInteger("total")).isEqualTo(1);
    }

    @Test
    void shouldTakeTheLargestFaceIfTold() throws Exception {
        assertThat(http.post("/enroll?label=Anna", "anna1 bob1").status()).isEqualTo(400);
        assertThat(http.post("/enroll?label=Anna&face=largest", "anna1 bob1")
                        .json()
                        .getInteger("enrolled"))
                .isEqualTo(1);
    }

    @Test
    void shouldAnswerForEveryFace() throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        JsonObject found = http.post("/identify?faces=all", "!bob1 anna2 carl1").json();

        assertThat(found.getString("label")).isEqualTo("Anna");
        assertThat(found.getInteger("faces_found")).isEqualTo(3);
        assertThat(found.getJsonArray("faces")
                        .getJsonObject(0)
                        .getJsonObject("reason")
                        .getString("code"))
                .isEqualTo("spoof_suspected");
        assertThat(found.getJsonArray("faces").getJsonObject(2).getString("label"))
                .isEqualTo("unknown");
    }

    @Test
    void shouldCompareWithAPersonOrWithAnotherImage() throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        assertThat(http.post("/verify?label=Anna", "anna2").json().getBoolean("verified"))
                .isTrue();
        assertThat(http.post("/verify?label=Anna", "bob2").json().getBoolean("verified"))
                .isFalse();
        assertThat(http.post("/verify", "anna2", "anna3").json().getBoolean("verified"))
                .isTrue();
        assertThat(http.post("/verify", "anna2").json().getString("detail")).contains("add label=NAME");
        assertThat(http.post("/verify?label=Anna", "anna2", "anna3").status()).isEqualTo(400);
        assertThat(http.post("/verify?label=Carl", "anna2").status()).isEqualTo(404);
    }

    @Test
    void shouldTakeOneImageAsTheRawBody() throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        assertThat(http.send(http.request("POST", "/identify", "image/jpeg", "anna2"))
                        .json()
                        .getString("label"))
                .isEqualTo("Anna");
        assertThat(http.send(http.request("POST", "/identify", "application/octet-stream", "anna2"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldCountResultsAndNeverNamePeopleInMetrics() throws Exception {
        http.post("/enroll?label=Annabella", "anna1");
        http.post("/identify", "anna2");
        http.post("/identify", "stranger1");

        String metrics = http.get("/metrics").body();

        assertThat(metrics)
                .containsPattern("lintel_identifications_total\\{result=\"match\"} [1-9]")
                .containsPattern("lintel_identifications_total\\{result=\"unknown\"} [1-9]")
                .containsPattern("lintel_enrolments_total\\{result=\"stored\"} [1-9]")
                .containsPattern(
                        "lintel_requests_seconds_count\\{outcome=\"ok\",route=\"identify\",status=\"200\"} [2-9]")
                .doesNotContain("Annabella");
    }
}
