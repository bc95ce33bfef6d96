package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.Role;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Http.Answer;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The four operations on faces, asked in all the ways that people write a request. */
class RequestsAsWrittenTest {
    private static final String FORM = "multipart/form-data; boundary=b";
    private static final String ENROL = "enrol-0123456789abc";
    private static final String ADMIN = "admin-0123456789abc";

    /** Photos that are long enough to be taken for base64. */
    private static final String ANNA = "anna1" + " ben1".repeat(6);

    private static GatewayHarness gateway;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(Map.of("maxUpload", 1000L));
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

    private static Answer post(String address, String type, String body) throws Exception {
        return http.send(http.request("POST", address, type, body));
    }

    private static String base64(String photo) {
        return Base64.getEncoder().encodeToString(photo.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String header, String content) {
        return "--b\r\nContent-Disposition: form-data; " + header + "\r\n\r\n" + content + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "image", "photo", "img", "upload", "files[]", "data"})
    void shouldTakeAFileWhateverItIsCalled(String name) throws Exception {
        String body = part("name=\"" + name + "\"; filename=\"a.jpg\"", "anna1") + part("name=\"top\"", "3") + "--b--";

        assertThat(post("/identify", FORM, body).status()).isEqualTo(200);
    }

    @Test
    void shouldTakeAnImageWithoutAFileName() throws Exception {
        String bare =
                "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: image/jpeg\r\n\r\nanna1\r\n--b--";
        String binary = part("name=\"file\"", "%\u0000") + "--b--";
        String encoded = part("name=\"image\"", base64(ANNA)) + "--b--";

        assertThat(post("/detect", FORM, bare).status()).isEqualTo(200);
        assertThat(post("/detect", FORM, binary).json().getString("code")).isEqualTo("unreadable_image");
        assertThat(post("/detect", FORM, encoded).status()).isEqualTo(200);
    }

    @Test
    void shouldTakeParametersFromTheForm() throws Exception {
        String body = part("name=\"label\"", "Größe") + part("name=\"file\"; filename=\"a.jpg\"", "anna1") + "--b--";

        assertThat(post("/enroll", FORM, body).json().getString("label")).isEqualTo("Größe");
        assertThat(post("/verify", FORM, body).json().getBoolean("verified")).isTrue();
        assertThat(post("/enroll?label=Gr%C3%B6%C3%9Fe", FORM, body).status()).isEqualTo(200);
        assertThat(post("/enroll?label=Anna", FORM, body).json().getString("detail"))
                .contains("'label'", "once");
    }

    @Test
    void shouldReadTheFormsCharacterSet() throws Exception {
        byte[] body = (part("name=\"_charset_\"", "iso-8859-1") + part("name=\"label\"", "Gr\u00f6\u00dfe")
                        + part("name=\"file\"; filename=\"a.jpg\"", "anna1") + "--b--")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(http.send(http.request("/enroll")
                                .header("Content-Type", FORM)
                                .POST(BodyPublishers.ofByteArray(body)))
                        .json()
                        .getString("label"))
                .isEqualTo("Größe");
    }

    @Test
    void shouldTakeJson() throws Exception {
        String json = "application/json";
        assertThat(post("/enroll", json, "{\"label\":\"Anna\",\"images\":[\"" + base64("anna1") + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/detect", json, "{\"image\":\"" + base64(ANNA) + "\"}")
                        .json()
                        .getInteger("faces_found"))
                .isEqualTo(7);
        assertThat(post(
                                "/enroll",
                                json + "; charset=utf-8",
                                "{\"label\":\"Anna\",\"face\":\"largest\",\"image\":\"data:image/jpeg;base64,"
                                        + base64(ANNA) + "\"}")
                        .json()
                        .getInteger("enrolled"))
                .isEqualTo(1);
        assertThat(post(
                                "/verify?face=largest",
                                json,
                                "{\"label\":null,\"images\":[\"" + base64(ANNA) + "\",\""
                                        + base64(ANNA)
                                                .replaceAll("(.{10})", "$1\\\\n")
                                                .replace("=", "") + "\"]}")
                        .json()
                        .getBoolean("verified"))
                .isTrue();
        assertThat(post("/identify", json, "{\"top\":2,\"tau\":0.7,\"photo\":\"" + base64(ANNA) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post("/identify", json, "{\"top\":[2],\"photo\":\"" + base64(ANNA) + "\"}")
                        .json()
                        .getString("detail"))
                .contains("'top'");
        assertThat(post("/identify", json, "{\"tpo\":2,\"photo\":\"" + base64(ANNA) + "\"}")
                        .json()
                        .getString("detail"))
                .contains("'tpo'");
        assertThat(post("/identify", json, "[]").json().getString("code")).isEqualTo("invalid_request");
        assertThat(post("/identify", json, "{}").json().getString("code")).isEqualTo("missing_image");
        assertThat(post("/identify", json, "{\"photo\":\"" + base64("x".repeat(1001)) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void shouldTakeAFormInTheWayOfAQuery() throws Exception {
        String form = "application/x-www-form-urlencoded";

        assertThat(post("/enroll", form, "label=Anna+M&face=largest&image=" + Http.encode(base64(ANNA)))
                        .json()
                        .getString("label"))
                .isEqualTo("Anna M");
        assertThat(post("/identify", form, "image=" + base64(ANNA)).status()).isEqualTo(200);
        assertThat(post("/identify", form, "a=%zz").json().getString("code")).isEqualTo("invalid_request");
    }

    @Test
    void shouldTakeARawBodyWhateverItIsCalled() throws Exception {
        for (String type : List.of("image/jpeg", "image/anything", "application/octet-stream", "binary/octet-stream")) {
            assertThat(post("/detect", type, "anna1").status()).as(type).isEqualTo(200);
        }
        assertThat(http.send(http.request("/detect").POST(BodyPublishers.ofString("anna1")))
                        .status())
                .isEqualTo(200);
        // curl --data-binary
        assertThat(post("/detect", "application/x-www-form-urlencoded", "%\u0000\u0001")
                        .json()
                        .getString("code"))
                .isEqualTo("unreadable_image");
    }

    @ParameterizedTest
    @CsvSource({"+3", "3.0", "3e0", "03", "0.3E1", "'3 '"})
    void shouldTakeANumberInEveryForm(String number) throws Exception {
        assertThat(http.post("/identify?top=" + Http.encode(number), "anna1").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({".5", "5.", "+0.5", "5e-1", "0", "10", "1e-300"})
    void shouldTakeADistanceInEveryForm(String number) throws Exception {
        assertThat(http.post("/identify?tau=" + Http.encode(number), "anna1").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "top=101|the parameter 'top' must be a whole number from 1 to 100, was '101'",
                "top=1.5|the parameter 'top' must be a whole number from 1 to 100, was '1.5'",
                "top=1e99999|the parameter 'top' must be a whole number from 1 to 100, was '1e99999'",
                "top=0x10|the parameter 'top' must be a whole number from 1 to 100, was '0x10'",
                "tau=NaN|the parameter 'tau' must be a number from 0 to 10, was 'NaN'",
                "tau=0,5|the parameter 'tau' must be a number from 0 to 10, was '0,5'",
                "tau=1e-999999|",
                "faces=two|the parameter 'faces' must be one of largest, one, all, was 'two'"
            })
    void shouldNameTheLimitsOfAParameter(String query, String detail) throws Exception {
        Answer answer = http.post("/identify?" + query, "anna1");

        if (detail == null) {
            assertThat(answer.status()).isEqualTo(200);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("detail")).isEqualTo(detail);
        }
    }

    @Test
    void shouldReportLivenessInsteadOfDemandingIt() throws Exception {
        http.post("/enroll?label=Anna", "anna1");

        assertThat(http.post("/identify?liveness=report", "!anna2").json().getString("label"))
                .isEqualTo("Anna");
        assertThat(http.post("/identify?liveness=report", "!anna2")
                        .json()
                        .getJsonObject("liveness")
                        .getBoolean("live"))
                .isFalse();
        assertThat(http.post("/identify?liveness=first", "!anna2").json().getString("code"))
                .isEqualTo("spoof_suspected");
        assertThat(http.post("/verify?label=Anna&liveness=report", "!anna2")
                        .json()
                        .getBoolean("verified"))
                .isTrue();
        assertThat(http.post("/verify?liveness=report", "!anna2", "!anna1").status())
                .isEqualTo(200);
        assertThat(http.post("/verify?liveness=first", "anna2", "!anna1").status())
                .isEqualTo(200);
        for (String use : List.of("all", "required")) {
            assertThat(http.post("/verify?liveness=" + use, "anna2", "!anna1")
                            .json()
                            .getString("code"))
                    .isEqualTo("spoof_suspected");
        }
    }

    @Test
    void shouldEnrolFromAPrintedPhotoForAnAdministratorOnly() throws Exception {
        try (GatewayHarness guarded = new GatewayHarness(Map.of(
                "keys",
                List.of(
                        new ApiKey("desk", Role.ENROL, Optional.empty(), Optional.of(ENROL)),
                        new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(ADMIN)))))) {
            Http client = new Http(guarded);
            String address = "/enroll?label=Anna&liveness=report";

            assertThat(client.send(client.form(address, "!anna1").header("X-API-Key", ENROL))
                            .status())
                    .isEqualTo(403);
            assertThat(client.send(client.form(address, "!anna1").header("X-API-Key", ADMIN))
                            .json()
                            .getInteger("enrolled"))
                    .isEqualTo(1);
        }
        assertThat(http.post("/enroll?label=Anna", "!anna1").json().getString("code"))
                .isEqualTo("spoof_suspected");
    }
}
