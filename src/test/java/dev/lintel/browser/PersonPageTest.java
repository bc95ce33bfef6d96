package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Appliance;
import dev.lintel.access.ConsentConfig;
import dev.lintel.testkit.Configs;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a person on a box that keeps pictures: the consent, and the face of each view. */
@Tag("slow")
class PersonPageTest {
    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldRecordAConsentShowThePicturesThatItAllowsAndWithdrawIt() throws Exception {
        try (Appliance box = Appliance.start(Configs.with(
                        Configs.box(folder.resolve("lintel.db")),
                        Map.of("consent", Configs.of(ConsentConfig.class, "keep-pictures: true"))));
                Chromium chromium = new Chromium(
                        folder.resolve("profile"),
                        FakeWebcam.film(Path.of("src/test/resources/faces/02-a.jpg"), folder.resolve("webcam.mjpeg")),
                        "")) {
            enrol(box, "01-a.jpg");
            chromium.open(box.url() + "#person=Anna");
            chromium.until(
                    "none is on record", () -> chromium.text("#person-body").contains("None is on record."));
            assertThat(chromium.text("#person-body")).doesNotContain("Show the pictures");

            chromium.click("#person-consent + p + .actions button");
            chromium.until("a question", () -> chromium.one("#consent-pictures").isDisplayed());
            chromium.screenshot("person-consent-question");
            chromium.click("#consent-pictures");
            chromium.one("#consent-evidence").sendKeys("form 17");
            chromium.click("dialog .ok");
            chromium.until(
                    "it is on record", () -> chromium.text("#person-body").contains("door and pictures"));
            assertThat(chromium.text("#person-body")).contains("valid", "form 17", "it is withdrawn");

            enrol(box, "01-a.jpg");
            enrol(box, "01-b.jpg");
            chromium.open(box.url() + "#people");
            chromium.open(box.url() + "#person=Anna");
            chromium.until("two views", () -> chromium.all(".views li").size() == 2);
            assertThat(chromium.all(".thumbnail")).as("unasked").isEmpty();
            assertThat(acts(box)).doesNotContain("picture-seen");
            chromium.click("#person-pictures");
            chromium.until(
                    "two pictures",
                    () -> chromium.script(
                                    "return [...document.querySelectorAll('.views .thumbnail')].filter(i => i.naturalWidth === 112).length")
                            .equals(2L));
            assertThat(chromium.script("return document.activeElement.id")).isEqualTo("person-title");
            assertThat(acts(box)).contains("picture-seen");
            chromium.screenshot("person-pictures");
            chromium.colourScheme("dark");
            chromium.resize(390, 844, true);
            chromium.script("document.querySelector('.views').scrollIntoView()");
            chromium.screenshot("person-pictures-phone-dark");
            chromium.resize(1200, 850, false);

            chromium.click("#person-consent + dl + .actions button:last-child");
            chromium.until("a question", () -> chromium.one("#consent-how").isDisplayed());
            chromium.screenshot("person-consent-withdrawal");
            chromium.one("#consent-how").sendKeys("by letter");
            chromium.click("dialog .ok");
            chromium.until("withdrawn", () -> chromium.text("#person-body").contains("by letter"));
            assertThat(chromium.text("#person-body"))
                    .contains("Set aside: kept, but not compared.")
                    .doesNotContain("Show the pictures");
            chromium.screenshot("person-consent-withdrawn");
            assertThat(chromium.text(".person-facts"))
                    .as("a consent is no visit")
                    .doesNotContain("Last seen");
            assertThat(chromium.console())
                    .as("no consent on record yet; a configuration that cannot be changed")
                    .allMatch(line -> line.contains("/consent") && line.contains("404") || line.contains("/settings"));
        }
    }

    private void enrol(Appliance box, String photo) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(box.url().resolve("/enroll?label=Anna&quality=accept"))
                        .header("Content-Type", "image/jpeg")
                        .POST(BodyPublishers.ofFile(Path.of("src/test/resources/faces", photo)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String acts(Appliance box) throws Exception {
        return new JsonObject(http.send(
                                HttpRequest.newBuilder(box.url().resolve("/audit?label=Anna"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .encode();
    }
}
