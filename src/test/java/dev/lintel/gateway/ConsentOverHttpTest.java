package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.CropPicture;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.EnrolTemplates.NewTemplate;
import dev.lintel.testkit.FakeFaces;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Consent and receipts over HTTP, with the real store. */
@Tag("slow")
class ConsentOverHttpTest extends StoreOverHttpBase {
    @Test
    void shouldPutConsentOnRecordAndTakeItBack() throws Exception {
        HttpResponse<String> given = send(
                "PUT",
                "/people/Anna/consent",
                "{\"purposes\": [\"door\"], \"until\": \"2099-01-01T00:00:00Z\", \"evidence\": \"form 17\"}",
                ADMIN);
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(given.body()).getString("recorded_by")).isEqualTo("payroll");
        assertThat(new JsonObject(
                                send("GET", "/people/Anna/consent", null, ENROL).body())
                        .getString("state"))
                .isEqualTo("valid");
        assertThat(json(get("/people/Anna/data")).getJsonObject("consent").getString("evidence"))
                .isEqualTo("form 17");
        assertThat(json(get("/consents?ending_before=2099-02-01T00:00:00Z")).getJsonArray("consents"))
                .hasSize(1);
        assertThat(json(get("/events?kind=consent_given")).getJsonArray("events"))
                .hasSize(1);

        JsonObject kept = new JsonObject(send("DELETE", "/people/Anna/consent?faces=keep&how=by%20letter", null, ADMIN)
                .body());
        assertThat(kept.getInteger("set_aside")).isEqualTo(1);
        assertThat(kept.getJsonObject("consent").getJsonObject("withdrawn").getString("how"))
                .isEqualTo("by letter");

        JsonObject deleted =
                new JsonObject(send("DELETE", "/people/Anna/consent?faces=delete&receipt=json", null, ADMIN)
                        .body());
        assertThat(deleted.getInteger("deleted")).isEqualTo(1);
        assertThat(deleted.getJsonObject("receipt").getJsonObject("deleted").getBoolean("consent"))
                .isTrue();
        assertThat(get("/people/Anna/consent").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayWhatIsWrongWithAConsent() throws Exception {
        for (String wrong : List.of(
                "{}",
                "{\"purposes\": []}",
                "{\"purposes\": [\"A B\"]}",
                "{\"purposes\": [\"door\"], \"until\": \"2001-01-01T00:00:00Z\"}",
                "{\"purposes\": [\"door\"], \"given_at\": \"2099-01-01T00:00:00Z\"}",
                "{\"purposes\": [\"door\"], \"until\": \"soon\"}")) {
            assertThat(send("PUT", "/people/Anna/consent", wrong, ADMIN).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(send("PUT", "/people/Anna/consent", "{\"purposes\": [\"door\"]}", ENROL)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("DELETE", "/people/Anna/consent", null, ADMIN).statusCode())
                .as("faces must be said")
                .isEqualTo(400);
    }

    @Test
    void shouldGiveAReceiptAndKnowItAgain() throws Exception {
        JsonObject receipt = new JsonObject(
                        send("DELETE", "/people/Anna?receipt=json", null, ADMIN).body())
                .getJsonObject("receipt");
        assertThat(receipt.getJsonObject("deleted").getInteger("templates")).isEqualTo(1);
        assertThat(receipt.getJsonObject("deleted").getInteger("attendance")).isEqualTo(3);
        assertThat(receipt.getJsonObject("kept").getInteger("events")).isEqualTo(3);

        assertThat(genuine(receipt)).isTrue();
        receipt.getJsonObject("kept").put("events", 0);
        assertThat(genuine(receipt)).isFalse();

        HttpResponse<String> page = send("DELETE", "/people/%3DBen?receipt=html", null, ADMIN);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Disposition")).isPresent();
        assertThat(page.body()).contains("@page", "=Ben", "Seal");
        assertThat(send("POST", "/receipts/verification", "{\"label\": \"Anna\"}", ADMIN)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldShowThePictureOfAViewToWhoMaySeeEverythingAboutAPerson() throws Exception {
        byte[] rgb = new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3];
        rgb[0] = 77;
        float[] vector = new float[64];
        vector[7] = 1;
        NewTemplate view =
                new NewTemplate(new Embedding(FakeFaces.MODEL, vector), 0.9, new FaceCrop(FaceCrop.ALIGNED, rgb));
        EnrolTemplates enrol = new EnrolTemplates(Label.of("Carla"), List.of(view), 0.9, true, patient());
        await(bus.ask(PeopleMessages.ENROL, enrol));
        JsonObject before = json(get("/people/Carla")).getJsonArray("templates").getJsonObject(0);
        assertThat(before.getBoolean("picture")).as("not agreed to").isFalse();
        String address = "/people/Carla/templates/" + before.getLong("id") + "/picture.png";
        assertThat(get(address).statusCode()).isEqualTo(404);

        send("PUT", "/people/Carla/consent", "{\"purposes\": [\"door\", \"pictures\"]}", ADMIN);
        await(bus.ask(PeopleMessages.ENROL, enrol));
        HttpResponse<byte[]> picture = get(address);

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(picture.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(CropPicture.crop(picture.body()).rgb()).isEqualTo(rgb);
        assertThat(json(get("/people/Carla"))
                        .getJsonArray("templates")
                        .getJsonObject(0)
                        .getBoolean("picture"))
                .isTrue();
        assertThat(json(get("/people/Carla/data"))
                        .getJsonArray("templates")
                        .getJsonObject(0)
                        .getBinary("picture"))
                .isEqualTo(picture.body());
        assertThat(send("GET", address, null, ENROL).statusCode()).isEqualTo(403);
        assertThat(get("/people/Anna/templates/" + before.getLong("id") + "/picture.png")
                        .statusCode())
                .as("of somebody else")
                .isEqualTo(404);
        assertThat(new String(get("/export").body(), StandardCharsets.UTF_8)).doesNotContain("picture\":");
        assertThat(json(get("/audit?label=Carla")).encode()).contains("picture-seen");
    }

    private boolean genuine(JsonObject receipt) throws Exception {
        return new JsonObject(send("POST", "/receipts/verification", receipt.encode(), ADMIN)
                        .body())
                .getBoolean("genuine");
    }

    private HttpResponse<String> send(String method, String address, String body, String key) throws Exception {
        HttpRequest.Builder request = request(address, key);
        return http.send(
                (body == null
                                ? request.method(method, HttpRequest.BodyPublishers.noBody())
                                : request.header("Content-Type", "application/json")
                                        .method(method, HttpRequest.BodyPublishers.ofString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
