package dev.lintel.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.Role;
import dev.lintel.gateway.ApiKey;
import dev.lintel.testkit.FakeFaces;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
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

class CompreFaceOverHttpTest {
    private static final String ADMIN = "0e4b1b0c-6f0b-4c3a-9a57-8f4f6b1c0a11";
    private static final String LOOKER = "identify-0123456789";
    private static final String BASE = "/api/v1/recognition";
    private static final String CLERK = "clerk-0123456789abc";
    private static final String STRANGER = "00000000-0000-8000-8000-00000000ffff";

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(
                Map.of(
                        "keys",
                        List.of(
                                new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(ADMIN)),
                                new ApiKey("desk", Role.ENROL, Optional.empty(), Optional.of(CLERK)),
                                new ApiKey("door", Role.IDENTIFY, Optional.empty(), Optional.of(LOOKER)))),
                (bus, flow) -> List.of(new CompreFaceApi(bus, flow)));
        http = new Http(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void forgetEverybody() throws Exception {
        send("DELETE", BASE + "/subjects", null);
    }

    private static Answer send(String method, String address, String json) throws Exception {
        var request = http.request(address).header("x-api-key", ADMIN);
        return http.send(
                json == null
                        ? request.method(method, BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(json)));
    }

    private static Answer post(String address, String photo) throws Exception {
        return http.send(http.form(address, photo).header("x-api-key", ADMIN));
    }

    private static String base64(String photo) {
        return Base64.getEncoder().encodeToString(photo.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String subject, String photo) throws Exception {
        Answer added = post(BASE + "/faces?subject=" + Http.encode(subject), photo);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.json().getString("image_id");
    }

    @Test
    void shouldRecogniseWhomItEnrolledAboveTheirLimitAndAStrangerBelow() throws Exception {
        id("Anna", "anna1");
        JsonObject anna = face(post(BASE + "/recognize?limit=0&det_prob_threshold=0.8&prediction_count=1", "anna2"));
        JsonObject stranger = face(post(BASE + "/recognize?&limit=0&status=False", "carl1"));

        assertThat(subject(anna).getString("subject")).isEqualTo("Anna");
        assertThat(subject(anna).getDouble("similarity")).isBetween(0.5, 1.0);
        assertThat(anna.getJsonObject("box").getMap())
                .containsOnlyKeys("probability", "x_max", "y_max", "x_min", "y_min")
                .containsEntry("x_max", 200)
                .containsEntry("y_min", 10);
        assertThat(anna.getMap()).containsOnlyKeys("box", "subjects");
        assertThat(subject(stranger).getDouble("similarity")).isLessThan(0.5);
    }

    @Test
    void shouldGiveNobodyWhileNobodyIsEnrolled() throws Exception {
        assertThat(face(post(BASE + "/recognize", "anna1")).getJsonArray("subjects"))
                .isEmpty();
    }

    @Test
    void shouldRecogniseEveryFaceWithoutAskingWhetherItLooksLive() throws Exception {
        id("Anna", "!anna1");
        id("Ben", "ben1");

        JsonArray all = post(BASE + "/recognize?prediction_count=2", "!anna2 ben2 ?carl1")
                .json()
                .getJsonArray("result");
        JsonArray first =
                post(BASE + "/recognize?limit=1", "!anna2 ben2").json().getJsonArray("result");

        assertThat(all).hasSize(2);
        assertThat(subject(all.getJsonObject(1)).getString("subject")).isEqualTo("Ben");
        assertThat(all.getJsonObject(0).getJsonArray("subjects")).hasSize(2);
        assertThat(first).hasSize(1);
    }

    @Test
    void shouldGiveThePluginsThatItHasAndLeaveTheOthersOut() throws Exception {
        id("Anna", "anna1");

        JsonObject answer = post(
                        BASE + "/recognize?face_plugins=landmarks,calculator,pose,age,gender,mask&status=true", "anna2")
                .json();
        JsonObject face = answer.getJsonArray("result").getJsonObject(0);

        assertThat(face.getMap())
                .containsOnlyKeys("box", "subjects", "landmarks", "embedding", "pose", "execution_time");
        assertThat(face.getJsonArray("landmarks")).hasSize(5);
        assertThat(face.getJsonArray("embedding")).hasSize(128);
        assertThat(answer.getJsonObject("plugins_versions").getString("calculator"))
                .isEqualTo(FakeFaces.MODEL);
    }

    @Test
    void shouldKeepWhatItGivesInsideOfThePicture() throws Exception {
        JsonObject cut = face(post("/api/v1/detection/detect?face_plugins=landmarks", "^anna1"));

        assertThat(cut.getJsonObject("box").getMap())
                .containsEntry("x_min", 0)
                .containsEntry("y_min", 0)
                .containsEntry("x_max", 80)
                .containsEntry("y_max", 140);
        cut.getJsonArray("landmarks")
                .forEach(point -> assertThat(((JsonArray) point).getInteger(0)).isBetween(0, 1279));
        assertThat(post("/api/v1/recognition/recognize", "^anna1").body()).contains("edge cuts the face");
    }

    @Test
    void shouldTakeBase64() throws Exception {
        assertThat(send("POST", BASE + "/faces?subject=Anna", "{\"file\":\"" + base64("anna1") + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(subject(face(send("POST", BASE + "/recognize", "{\"file\":\"" + base64("anna2") + "\",\"more\":1}")))
                        .getString("subject"))
                .isEqualTo("Anna");
    }

    @Test
    void shouldKeepPeopleAsSubjectsWhateverTheirCase() throws Exception {
        assertThat(send("POST", BASE + "/subjects", "{\"subject\":\"Zoe\"}").status())
                .isEqualTo(201);
        assertThat(send("POST", BASE + "/subjects", "{\"subject\":\"zoe\"}")
                        .json()
                        .getInteger("code"))
                .isEqualTo(43);
        id("Anna", "anna1");
        assertThat(post(BASE + "/faces?subject=ANNA", "anna2").json().getString("subject"))
                .isEqualTo("Anna");

        assertThat(send("GET", BASE + "/subjects/", null).json().getJsonArray("subjects"))
                .containsExactly("Anna", "Zoe");
        assertThat(send("PUT", BASE + "/subjects/Anna", "{\"subject\":\"Jörg & Söhne\",\"api_endpoint\":\"Anna\"}")
                        .json()
                        .getBoolean("updated"))
                .isTrue();
        assertThat(send("PUT", BASE + "/subjects/J%C3%B6rg%20&%20S%C3%B6hne", "{\"subject\":\"Jörg & Söhne\"}")
                        .json()
                        .getBoolean("updated"))
                .isFalse();
        assertThat(send("PUT", BASE + "/subjects/Zoe", "{\"subject\":\"Zora\"}")
                        .json()
                        .getBoolean("updated"))
                .isTrue();
        assertThat(send("GET", BASE + "/subjects", null).json().getJsonArray("subjects"))
                .containsExactly("Jörg & Söhne", "Zora");
        assertThat(send("DELETE", BASE + "/subjects/zora", null).json().getString("subject"))
                .isEqualTo("Zora");
        assertThat(send("DELETE", BASE + "/subjects", null).json().getInteger("deleted"))
                .isEqualTo(1);
    }

    @Test
    void shouldMakeOneOfTwoWhenTheNameIsTaken() throws Exception {
        id("Anna", "anna1");
        id("Ben", "ben1");

        assertThat(send("PUT", BASE + "/subjects/Ben", "{\"subject\":\"anna\"}")
                        .json()
                        .getBoolean("updated"))
                .isTrue();
        assertThat(send("GET", BASE + "/faces?subject=anna", null).json().getInteger("total_elements"))
                .isEqualTo(2);
        assertThat(send("GET", BASE + "/subjects", null).json().getJsonArray("subjects"))
                .containsExactly("Anna");
    }

    @Test
    void shouldListFacesInPages() throws Exception {
        String[] ids = {
            id("Anna", "anna1"), id("Anna", "anna2"), id("Ben", "ben1"), id("Carl", "carl1"), id("Carl", "carl2")
        };

        JsonObject second = send("GET", BASE + "/faces?page=1&size=2", null).json();

        assertThat(second.getInteger("total_elements")).isEqualTo(5);
        assertThat(second.getInteger("total_pages")).isEqualTo(3);
        assertThat(second.getJsonArray("faces").stream().map(f -> ((JsonObject) f).getString("image_id")))
                .containsExactly(ids[2], ids[3]);
        assertThat(send("GET", BASE + "/faces?page=9", null).json().getJsonArray("faces"))
                .isEmpty();
    }

    @Test
    void shouldForgetAFaceAndKeepTheName() throws Exception {
        String only = id("Anna", "anna1");
        String ben = id("Ben", "ben1");

        Answer gone = send("DELETE", BASE + "/faces/" + only, null);

        assertThat(gone.json()).isEqualTo(new JsonObject().put("image_id", only).put("subject", "Anna"));
        assertThat(send("DELETE", BASE + "/faces/" + only, null).json().getInteger("code"))
                .isEqualTo(44);
        assertThat(send("GET", BASE + "/subjects", null).json().getJsonArray("subjects"))
                .containsExactly("Anna", "Ben");
        assertThat(send("POST", BASE + "/faces/delete", "[\"" + ben + "\",\"" + STRANGER + "\"]")
                        .body())
                .isEqualTo("[{\"image_id\":\"" + ben + "\",\"subject\":\"Ben\"}]");
        id("Carl", "carl1");
        assertThat(send("DELETE", BASE + "/faces?subject=carl", null).json().getInteger("deleted"))
                .isEqualTo(1);
        assertThat(send("DELETE", BASE + "/faces?subject=Nobody", null).json().getInteger("deleted"))
                .isZero();
        assertThat(send("DELETE", BASE + "/faces", null).json().getInteger("deleted"))
                .isZero();
    }

    @Test
    void shouldAnswerAnEmptyPictureBecauseNoneIsKept() throws Exception {
        String id = id("Anna", "anna1");

        for (String address : List.of(BASE + "/faces/" + id + "/img", "/api/v1/static/" + ADMIN + "/images/" + id)) {
            Answer answer = send("GET", address, null);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void shouldCompareAFaceWithAnEnrolledOne() throws Exception {
        String id = id("Anna", "anna1");

        JsonObject same = face(post(BASE + "/faces/" + id + "/verify", "anna2"));
        JsonObject other = face(post(BASE + "/faces/" + id + "/verify", "ben1"));
        JsonObject nobody = face(post(BASE + "/faces/" + STRANGER + "/verify", "ben1"));

        assertThat(same.getString("subject")).isEqualTo("Anna");
        assertThat(same.getDouble("similarity")).isGreaterThanOrEqualTo(0.5);
        assertThat(other.getDouble("similarity")).isLessThan(0.5);
        assertThat(nobody.getString("subject")).isEmpty();
        assertThat(nobody.getDouble("similarity")).isZero();
    }

    @Test
    void shouldCompareOneFaceWithEachOfAnotherPicture() throws Exception {
        String body =
                "{\"source_image\":\"" + base64("anna1") + "\",\"target_image\":\"" + base64("ben1 anna2") + "\"}";

        JsonObject result = face(send("POST", "/api/v1/verification/verify?status=true", body));

        assertThat(result.getMap()).containsOnlyKeys("source_image_face", "face_matches", "plugins_versions");
        assertThat(result.getJsonArray("face_matches").getJsonObject(0).getDouble("similarity"))
                .isLessThan(0.5);
        assertThat(result.getJsonArray("face_matches").getJsonObject(1).getDouble("similarity"))
                .isGreaterThan(0.5);
        assertThat(send("POST", "/api/v1/verification/verify", body.replace(base64("anna1"), base64("anna1 ben1")))
                        .json()
                        .getInteger("code"))
                .isEqualTo(31);
    }

    @Test
    void shouldDetect() throws Exception {
        assertThat(post("/api/v1/detection/detect?face_plugins=landmarks", "anna1 ?ben1")
                        .json()
                        .getJsonArray("result"))
                .hasSize(2)
                .allSatisfy(face -> assertThat(((JsonObject) face).getMap()).containsOnlyKeys("box", "landmarks"));
        assertThat(post("/api/v1/detection/detect?det_prob_threshold=0.99", "anna1")
                        .json()
                        .getInteger("code"))
                .isEqualTo(28);
    }

    @Test
    void shouldCompareVectorsThatTheClientKeeps() throws Exception {
        String id = id("Anna", "anna1");
        String anna = new JsonArray(floats("anna2")).encode();
        String ben = new JsonArray(floats("ben1")).encode();

        JsonObject who = face(send("POST", BASE + "/embeddings/recognize", "{\"embeddings\":[" + anna + "]}"));
        JsonArray both = send(
                        "POST",
                        BASE + "/embeddings/faces/" + id + "/verify",
                        "{\"embeddings\":[" + ben + "," + anna + "]}")
                .json()
                .getJsonArray("result");
        JsonArray two = send(
                        "POST",
                        "/api/v1/verification/embeddings/verify",
                        "{\"source\":" + anna + ",\"targets\":[" + ben + "," + anna + "]}")
                .json()
                .getJsonArray("result");
        Answer wrong = send("POST", BASE + "/embeddings/recognize", "{\"embeddings\":[[1,2]]}");

        assertThat(who.getJsonArray("similarities").getJsonObject(0).getString("subject"))
                .isEqualTo("Anna");
        assertThat(who.getJsonArray("embedding")).hasSize(128);
        assertThat(both.getJsonObject(0).getDouble("similarity")).isGreaterThan(0.5);
        assertThat(both.getJsonObject(1).getDouble("similarity")).isLessThan(0.5);
        assertThat(two.getJsonObject(0).getDouble("similarity")).isGreaterThan(0.999);
        assertThat(wrong.json().getInteger("code")).isEqualTo(37);
        assertThat(wrong.json().getString("message")).isEqualTo("128 embeddings were expected, but 2 were provided");
    }

    private static List<Float> floats(String photo) {
        float[] vector = FakeFaces.embeddingOf(photo).vector();
        List<Float> list = new java.util.ArrayList<>();
        for (float component : vector) {
            list.add(component);
        }
        return list;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/recognition/faces?subject=|anna1|400|26",
                "POST|/recognition/faces|anna1|400|33",
                "POST|/recognition/faces?subject=Ann|nobody|400|28",
                "POST|/recognition/faces?subject=Ann|%%%|400|28",
                "POST|/recognition/faces?subject=Ann|anna1 ben1|400|31",
                "POST|/recognition/faces?subject=Ann|~anna1|400|28",
                "POST|/recognition/faces?subject=unknown|anna1|400|26",
                "POST|/recognition/recognize|nobody|400|28",
                "POST|/recognition/recognize?limit=-1|anna1|400|26",
                "POST|/recognition/recognize?prediction_count=0|anna1|400|26",
                "POST|/recognition/recognize?limit=x|anna1|400|0",
                "POST|/recognition/recognize?status=perhaps|anna1|400|0",
                "POST|/recognition/faces/none/verify|anna1|400|0",
                "POST|/nothing|anna1|404|0",
                "PUT|/recognition/recognize|anna1|404|0"
            })
    void shouldSayNoInCompreFacesWords(String method, String path, String photo, int status, int code)
            throws Exception {
        Answer answer = http.send(http.form("/api/v1" + path, photo)
                .header("x-api-key", ADMIN)
                .method(method, BodyPublishers.ofByteArray(Http.formBody(photo))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().getMap()).containsOnlyKeys("message", "code");
        assertThat(answer.json().getInteger("code")).isEqualTo(code);
        assertThat(answer.json().getString("message")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/recognition/recognize|{}|5",
                "POST|/recognition/recognize|{\"file\":\"data:image/jpeg;base64,AAAA\"}|21",
                "POST|/recognition/recognize|{\"file\":3}|5",
                "POST|/recognition/recognize|{\"file\"|0",
                "POST|/recognition/subjects|{\"subject\":\" \"}|26",
                "POST|/recognition/subjects|{\"subject\":\"a;b\"}|36",
                "POST|/recognition/subjects|{\"subject\":\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeef\"}|26",
                "POST|/recognition/faces/delete|{}|0",
                "POST|/recognition/embeddings/recognize|{\"embeddings\":3}|0",
                "POST|/verification/embeddings/verify|{\"source\":[0],\"targets\":[]}|37",
                "PUT|/recognition/subjects/Nobody|{\"subject\":\"Else\"}|42",
                "DELETE|/recognition/subjects/Nobody||42"
            })
    void shouldSayNoToJsonInCompreFacesWords(String method, String path, String body, int code) throws Exception {
        Answer answer = send(method, "/api/v1" + path, body == null ? "" : body);

        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        assertThat(answer.json().getInteger("code")).as(answer.body()).isEqualTo(code);
    }

    @Test
    void shouldCutOffWhatTheJavaScriptClientPutsBehindTheName() throws Exception {
        assertThat(post(BASE + "/faces?subject=Anna?det_prob_threshold=0.8", "anna1")
                        .json()
                        .getString("subject"))
                .isEqualTo("Anna");
    }

    @Test
    void shouldRefuseAFileWhoseNameIsNoPictures() throws Exception {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"NAME\"\r\n\r\nanna1\r\n--b--\r\n";
        for (String name : List.of("", "anna", "anna.txt")) {
            Answer answer = http.send(http.request(
                            "POST", BASE + "/recognize", "multipart/form-data; boundary=b", form.replace("NAME", name))
                    .header("x-api-key", ADMIN));
            assertThat(answer.json().getInteger("code")).as(name).isEqualTo(21);
        }
    }

    @Test
    void shouldAskForAKeyInCompreFacesWords() throws Exception {
        assertThat(http.post(BASE + "/recognize", "anna1").json())
                .isEqualTo(new JsonObject()
                        .put("message", "Missing header: x-api-key")
                        .put("code", 20));
        Answer unknown = http.send(http.form(BASE + "/recognize", "anna1").header("x-api-key", "nonsense"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().getInteger("code")).isEqualTo(10);
        assertThat(unknown.json().getString("message"))
                .startsWith("Recognition service")
                .doesNotContain("nonsense");
        Answer forbidden = http.send(
                http.request(BASE + "/subjects").header("x-api-key", LOOKER).DELETE());
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.json().getInteger("code")).isEqualTo(1);
        assertThat(http.send(http.form("/api/v1/detection/detect", "anna1").header("x-api-key", LOOKER))
                        .status())
                .isEqualTo(200);
    }

    /** Viseron and Double Take delete a name before they train it, the first time as well. */
    @Test
    void shouldLetThoseTrainWhoDeleteFirst() throws Exception {
        String address = BASE + "/faces?subject=Anna";
        Answer nobody =
                http.send(http.request(address).header("x-api-key", CLERK).DELETE());
        Answer enrolled = http.send(http.form(address, "anna1").header("x-api-key", CLERK));
        Answer somebody =
                http.send(http.request(address).header("x-api-key", CLERK).DELETE());
        Answer everybody = http.send(
                http.request(BASE + "/faces").header("x-api-key", CLERK).DELETE());

        assertThat(nobody.json()).isEqualTo(new JsonObject().put("deleted", 0));
        assertThat(enrolled.status()).isEqualTo(201);
        assertThat(List.of(somebody, everybody)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().getInteger("code")).isEqualTo(1);
        });
    }

    @Test
    void shouldServeItsContractAndLeaveTheBoxesOwnAlone() throws Exception {
        assertThat(http.get("/openapi-compreface.json")
                        .json()
                        .getJsonObject("paths")
                        .size())
                .isGreaterThan(12);
        assertThat(http.get("/openapi.json").body()).doesNotContain("/api/v1");
        assertThat(http.send(http.form("/v1/vision/face", "anna1").header("x-api-key", ADMIN))
                        .status())
                .isEqualTo(404);
    }

    private static JsonObject face(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("result").getJsonObject(0);
    }

    private static JsonObject subject(JsonObject face) {
        return face.getJsonArray("subjects").getJsonObject(0);
    }
}
