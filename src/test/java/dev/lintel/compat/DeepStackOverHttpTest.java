package dev.lintel.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.Role;
import dev.lintel.gateway.ApiKey;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepStackOverHttpTest {
    private static final String KEY = "admin-0123456789abc";
    private static final String BASE = "/v1/vision/face";

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(KEY)))),
                (bus, flow) ->
                        List.of(new DeepStackApi(bus, flow, new CompatConfig(false, true, List.of(), Role.IDENTIFY))));
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

    /** Fields as {@code name=value}, files as {@code name@photo}, in this order. */
    private static Answer form(String address, String... parts) throws Exception {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            boolean file = part.indexOf('@') > 0;
            String[] pair = part.split(file ? "@" : "=", 2);
            body.append("--b\r\nContent-Disposition: form-data; name=\"" + pair[0] + "\"")
                    .append(file ? "; filename=\"x.jpg\"\r\nContent-Type: image/jpeg" : "")
                    .append("\r\n\r\n" + pair[1] + "\r\n");
        }
        return http.send(http.request("POST", address, "multipart/form-data; boundary=b", body + "--b--\r\n"));
    }

    private static JsonObject registered(String name, String photo) throws Exception {
        return form(BASE + "/register", "userid=" + name, "image@" + photo, "api_key=" + KEY)
                .json();
    }

    private static JsonObject first(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("predictions").getJsonObject(0);
    }

    @Test
    void shouldRecogniseWhomItRegisteredWithTheKeyBehindThePicture() throws Exception {
        assertThat(registered("Anna", "anna1").getString("message")).isEqualTo("face added");
        assertThat(registered("anna", "anna2").getString("message")).isEqualTo("face updated");

        JsonObject known = first(form(BASE + "/recognize", "image@!anna3", "min_confidence=0.4", "api_key=" + KEY));
        JsonObject stranger = first(form(BASE + "/recognize/", "api_key=" + KEY, "image@carl1"));

        assertThat(known.getString("userid")).isEqualTo("Anna");
        assertThat(known.getDouble("confidence")).isBetween(0.67, 1.0);
        assertThat(known.getMap()).containsOnlyKeys("confidence", "userid", "x_min", "y_min", "x_max", "y_max");
        assertThat(stranger.getString("userid")).isEqualTo("unknown");
        assertThat(stranger.getDouble("confidence")).isZero();
    }

    @Test
    void shouldOnlyGetStricterByTheClientsOwnLimit() throws Exception {
        registered("Anna", "anna1");
        double confidence = first(form(BASE + "/recognize", "image@anna2", "api_key=" + KEY))
                .getDouble("confidence");

        assertThat(first(form(
                                BASE + "/recognize",
                                "image@anna2",
                                "min_confidence=" + (confidence + 0.001),
                                "api_key=" + KEY))
                        .getString("userid"))
                .isEqualTo("unknown");
        assertThat(first(form(BASE + "/recognize", "image@carl2", "min_confidence=0.1", "api_key=" + KEY))
                        .getString("userid"))
                .isEqualTo("unknown");
    }

    @Test
    void shouldAnswerAPictureWithoutAFaceWithNone() throws Exception {
        for (String address : List.of(BASE, BASE + "/recognize")) {
            JsonObject none = form(address, "image@nobody", "api_key=" + KEY).json();
            assertThat(none.getBoolean("success")).isTrue();
            assertThat(none.getJsonArray("predictions")).isEmpty();
            assertThat(none.getValue("duration")).isInstanceOf(Number.class);
        }
        assertThat(form(BASE + "/register", "userid=Anna", "image@nobody", "api_key=" + KEY)
                        .json()
                        .getString("error"))
                .isEqualTo("no face detected");
    }

    @Test
    void shouldDetectEveryFace() throws Exception {
        assertThat(form(BASE, "image@anna1 ?ben1", "api_key=" + KEY).json().getJsonArray("predictions"))
                .hasSize(2);
        assertThat(form(BASE + "/", "image@anna1", "min_confidence=0.99", "api_key=" + KEY)
                        .json()
                        .getJsonArray("predictions"))
                .isEmpty();
    }

    @Test
    void shouldShowAFaceThatThePicturesEdgeCutsAsAStrangerAndInsideOfThePicture() throws Exception {
        registered("Anna", "anna1");

        for (String address : List.of(BASE, BASE + "/recognize")) {
            JsonObject answer = form(address, "image@^anna2", "api_key=" + KEY).json();
            JsonObject cut = answer.getJsonArray("predictions").getJsonObject(0);

            assertThat(answer.getString("message")).isEmpty();
            assertThat(cut.getString("userid", "unknown")).isEqualTo("unknown");
            assertThat(cut.getMap())
                    .containsEntry("x_min", 0)
                    .containsEntry("y_min", 0)
                    .containsEntry("x_max", 80)
                    .containsEntry("y_max", 140);
        }
        JsonObject beyond = form(BASE, "image@a1 b1 c1 d1 e1 f1 g1", "api_key=" + KEY)
                .json()
                .getJsonArray("predictions")
                .getJsonObject(6);
        assertThat(beyond.getInteger("x_max")).isEqualTo(1280);
        assertThat(form(BASE + "/match", "a@anna1", "b@^anna2", "api_key=" + KEY)
                        .json()
                        .getString("error"))
                .contains("edge cuts the face");
    }

    @Test
    void shouldCompareTwoPictures() throws Exception {
        assertThat(form(BASE + "/match", "image1@anna1", "image2@anna2", "api_key=" + KEY)
                        .json()
                        .getDouble("similarity"))
                .isGreaterThanOrEqualTo(0.67);
        assertThat(form(BASE + "/match", "image1@anna1", "image2@ben2", "api_key=" + KEY)
                        .json()
                        .getDouble("similarity"))
                .isLessThan(0.67);
        Answer nobody = form(BASE + "/match", "image1@anna1", "image2@nobody", "api_key=" + KEY);
        assertThat(nobody.status()).isEqualTo(200);
        assertThat(nobody.json().getBoolean("success")).isFalse();
        assertThat(nobody.json().getString("error")).isEqualTo("no face found");
    }

    @Test
    void shouldListAndDeleteInEveryWayThatClientsAsk() throws Exception {
        registered("Anna", "anna1");
        registered("Ben", "ben1");

        Answer listed =
                http.send(http.request("POST", BASE + "/list", "application/x-www-form-urlencoded", "api_key=" + KEY));
        Answer bare = http.send(http.request(BASE + "/list?api_key=" + KEY).POST(BodyPublishers.noBody()));
        Answer basic = http.send(http.request(BASE + "/list")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("x:" + KEY).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .POST(BodyPublishers.noBody()));
        assertThat(List.of(listed, bare, basic))
                .allSatisfy(answer ->
                        assertThat(answer.json().getJsonArray("faces")).containsExactly("Anna", "Ben"));
        for (String user : List.of("userid=anna", "userId=Ben", "userid=Nobody")) {
            Answer deleted = http.send(http.request(
                    "POST", BASE + "/delete", "application/x-www-form-urlencoded", user + "&api_key=" + KEY));
            assertThat(deleted.json().getBoolean("success")).isTrue();
        }
        assertThat(http.send(http.request(BASE + "/list?api_key=" + KEY).POST(BodyPublishers.noBody()))
                        .json()
                        .getJsonArray("faces"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/recognize||400|No valid image file found",
                "/register|image@anna1|400|userid not specified",
                "/register|userid=Anna|400|No valid image file found",
                "/recognize|image@anna1;min_confidence=x|400|Invalid value for min_confidence",
                "/recognize|image@anna1;min_confidence=NaN|400|Invalid value for min_confidence",
                "/recognize|image@anna1;min_confidence=1.1|400|min_confidence cannot be greater than 1",
                "/recognize|image@%%|400|invalid image",
                "/match|a@anna1|400|expected two image files, only one found",
                "/match|a@anna1;b@anna2;c@anna3|400|only two images allowed",
                "/nothing|image@anna1|404|there is nothing at this address: see /docs"
            })
    void shouldSayNoInDeepStacksWords(String path, String parts, int status, String error) throws Exception {
        Answer answer = form(BASE + path, ((parts == null ? "" : parts + ";") + "api_key=" + KEY).split(";"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getBoolean("success")).isFalse();
        assertThat(answer.json().getString("error")).isEqualTo(error);
    }

    @Test
    void shouldRefuseAWrongKeyAndNone() throws Exception {
        Answer wrong = form(BASE + "/recognize", "image@anna1", "api_key=wrong");
        Answer none = form(BASE + "/recognize", "image@anna1");

        assertThat(List.of(wrong, none)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().getString("error")).isEqualTo("Incorrect api key");
        });
        assertThat(gateway.box().screened()).isEmpty();
    }

    @Test
    void shouldSayThatABackupOfAnotherNetworkIsOfNoUse() throws Exception {
        assertThat(http.send(http.request("/v1/restore").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(501);
    }

    @Test
    void shouldAskNoKeyOfMachinesThatCannotSendOne() throws Exception {
        try (GatewayHarness open = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(KEY)))),
                (bus, flow) -> List.of(new DeepStackApi(
                        bus, flow, new CompatConfig(false, true, List.of("127.0.0.0/8"), Role.IDENTIFY))))) {
            Http client = new Http(open);

            assertThat(client.post(BASE + "/recognize", "anna1").status()).isEqualTo(200);
            assertThat(client.send(client.request(BASE + "/list").POST(BodyPublishers.noBody()))
                            .status())
                    .isEqualTo(403);
            assertThat(client.post("/identify", "anna1").status()).isEqualTo(401);
        }
    }

    /** Viseron and Double Take delete a name before they train it, the first time as well. */
    @ParameterizedTest
    @CsvSource({"ENROL, 403", "ADMIN, 200"})
    void shouldLetThoseTrainWhoDeleteFirst(Role role, int deleting) throws Exception {
        try (GatewayHarness open = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(KEY)))),
                (bus, flow) -> List.of(
                        new DeepStackApi(bus, flow, new CompatConfig(false, true, List.of("127.0.0.0/8"), role))))) {
            Http client = new Http(open);
            String form = "application/x-www-form-urlencoded";

            assertThat(client.send(client.request("POST", BASE + "/delete", form, "userid=Anna"))
                            .status())
                    .isEqualTo(200);
            assertThat(client.post(BASE + "/register?userid=Anna", "anna1").status())
                    .isEqualTo(400);
            client.send(
                    client.request(
                            "POST",
                            BASE + "/register",
                            "multipart/form-data; boundary=b",
                            "--b\r\nContent-Disposition: form-data; name=\"userid\"\r\n\r\nAnna\r\n"
                                    + "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"x.jpg\"\r\n\r\nanna1\r\n--b--\r\n"));
            Answer deleted = client.send(client.request("POST", BASE + "/delete", form, "userid=Anna"));

            assertThat(deleted.status()).as(deleted.body()).isEqualTo(deleting);
            assertThat(client.send(client.request(BASE + "/list").POST(BodyPublishers.noBody()))
                            .json()
                            .getJsonArray("faces"))
                    .hasSize(deleting == 200 ? 0 : 1);
        }
    }
}
