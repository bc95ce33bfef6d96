package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.RunningAppliance;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in real Chromium against the whole appliance. Anna is 01; whoever stands at the webcam is 02. */
@Tag("slow")
@Tag("browser")
class PageTest {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static final Path ANNA = FACES.resolve("01-a.jpg");
    private static final Path ANNA_AGAIN = FACES.resolve("01-b.jpg");
    private static final Path STRANGER = FACES.resolve("03-a.jpg");

    @TempDir
    static Path scratch;

    private static RunningAppliance box;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        Path film = FakeWebcam.film(FACES.resolve("02-a.jpg"), scratch.resolve("webcam.mjpeg"));
        chromium = new Chromium(scratch.resolve("profile"), film, "MAP lintel.test 127.0.0.1");
        box = RunningAppliance.start(scratch.resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (box != null) {
            box.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        box.forgetEverybody();
        chromium.resize(1200, 850, false);
        chromium.colourScheme("light");
        chromium.open(box.url() + "/");
        chromium.script("sessionStorage.clear()");
        chromium.console();
    }

    @AfterEach
    void shouldHaveAskedNobodyElse() throws IOException {
        assertThat(chromium.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(box.url() + "/") || url.startsWith("blob:") || url.startsWith("data:"));
    }

    @Test
    void shouldEnrolAndIdentifyFromFiles() throws IOException {
        enrol("Anna Ångström", ANNA);
        assertThat(chromium.text("#enrol-result h2")).isEqualTo("1 photo of Anna Ångström was enrolled.");
        assertThat(chromium.script("return document.activeElement.id")).isEqualTo("enrol-result-title");
        chromium.until("the status line knows", () -> chromium.text("#status").startsWith("Ready · 1 person"));
        chromium.screenshot("desktop-enrol");

        view("identify");
        chromium.choose("#identify-file", ANNA_AGAIN);
        chromium.until("Anna is named", () -> chromium.text(".card .name").equals("Anna Ångström"));
        assertThat(chromium.text("#identify-findings .card.good")).containsPattern("Distance 0\\.\\d+ of at most");
        assertThat(chromium.one("#identify-canvas").getDomAttribute("aria-label"))
                .startsWith("Anna Ångström, distance 0.");
        assertThat(chromium.one("#live").getDomProperty("textContent")).startsWith("Anna Ångström, distance 0.");
        assertThat(paintedWith("#2fbf6b")).as("green pixels of the box").isGreaterThan(300);
        chromium.click("#identify-findings summary");
        assertThat(chromium.text("#identify-findings dl")).contains("Similarity", "Liveness", "Model");
        chromium.screenshot("desktop-identify");

        chromium.choose("#identify-file", STRANGER);
        chromium.until(
                "the stranger is unknown", () -> chromium.text(".card .name").equals("Unknown"));
        assertThat(paintedWith("#ffb020")).as("amber pixels of the box").isGreaterThan(150);
        assertThat(chromium.console()).isEmpty();
    }

    @Test
    void shouldEnrolAndIdentifyFromTheWebcam() throws IOException {
        view("enrol");
        chromium.one("#enrol-label").sendKeys("Bo");
        chromium.click("#enrol-camera");
        chromium.click("#enrol-shot");
        chromium.until(
                "the picture is there", () -> chromium.all("#enrol-pictures li").size() == 1);
        chromium.click("#enrol-submit");
        chromium.until("Bo is enrolled", () -> chromium.text("#enrol-result h2").equals("1 photo of Bo was enrolled."));
        assertThat(chromium.one("#enrol-camera").getText())
                .as("the camera was let go")
                .isEqualTo("Use the camera");

        view("identify");
        chromium.click("#identify-camera");
        chromium.until("Bo is seen", () -> chromium.text(".card .name").equals("Bo"));
        assertThat(chromium.one("#identify-camera").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
        chromium.until("a box over the film", () -> paintedWith("#2fbf6b") > 300);
        int looks = identifications();
        chromium.until("it looks again", () -> identifications() > looks + 1);
        chromium.screenshot("desktop-camera");

        chromium.click("#identify-camera");
        assertThat(chromium.one("#identify-video").isDisplayed()).isFalse();
        assertThat(chromium.script("return document.querySelector('#identify-video').srcObject"))
                .isNull();
        assertThat(chromium.console()).isEmpty();
    }

    @Test
    void shouldSayWhoIsAlreadyEnrolledAndEnrolAllTheSame() {
        enrol("Anna", ANNA);
        enrol("Somebody else", ANNA);
        assertThat(chromium.text("#enrol-result h2")).isEqualTo("No photo was enrolled.");
        assertThat(chromium.text("#enrol-result .pictures")).contains("Already enrolled as Anna");

        chromium.click("[data-overrule=already_enrolled]");
        chromium.until(
                "it is enrolled",
                () -> chromium.text("#enrol-result h2").equals("1 photo of Somebody else was enrolled."));
        assertThat(chromium.text("#enrol-result .pictures")).contains("Also enrolled as Anna");
        assertThat(chromium.console()).allMatch(line -> line.contains("/enroll?") && line.contains("409"));
    }

    @Test
    void shouldCutOneFaceOutOfAPhotoOfSeveral() throws IOException {
        enrol("Anna", together());
        assertThat(chromium.text("#enrol-result h2")).isEqualTo("No photo was enrolled.");
        assertThat(chromium.text("#enrol-result .pictures")).contains("Several faces: choose the right one.");
        assertThat(chromium.all(".faces .face")).hasSize(2);
        assertThat(chromium.all("[data-overrule]")).as("no button overrules it").isEmpty();
        chromium.screenshot("desktop-several");

        chromium.click(".faces .face");
        chromium.until(
                "the face is enrolled",
                () -> chromium.text("#enrol-result h2").equals("1 photo of Anna was enrolled."));
    }

    /** Two people in one photo. */
    private static Path together() throws IOException {
        BufferedImage both = new BufferedImage(1000, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = both.createGraphics();
        pen.drawImage(ImageIO.read(ANNA.toFile()), 0, 0, 480, 600, null);
        pen.drawImage(ImageIO.read(STRANGER.toFile()), 520, 0, 480, 600, null);
        pen.dispose();
        Path file = scratch.resolve("both.png");
        ImageIO.write(both, "png", file.toFile());
        return file;
    }

    @Test
    void shouldAskWhetherANearTwinIsTheSamePerson() {
        enrol("Anna Ångström", ANNA);
        view("people");
        view("enrol");
        chromium.until(
                "names are suggested", () -> chromium.all("#enrol-names option").size() == 1);
        chromium.script("document.querySelector('#enrol-result').replaceChildren()");
        chromium.one("#enrol-label").sendKeys("anna angstrom");
        chromium.choose("#enrol-file", ANNA_AGAIN);
        chromium.until(
                "the photo is listed", () -> chromium.all("#enrol-pictures li").size() == 1);
        chromium.click("#enrol-submit");
        chromium.until("it is asked", () -> chromium.text("dialog[open] h2").equals("Is it the same person?"));
        chromium.click("dialog[open] .ok");
        // This photo is a little blurred; under which name it was to be enrolled is what matters here.
        chromium.until(
                "the result is there", () -> !chromium.text("#enrol-result h2").isEmpty());
        assertThat(chromium.one("#enrol-label").getDomProperty("value")).isEqualTo("Anna Ångström");
        assertThat(chromium.text("#enrol-result .pictures")).contains("Blurred: hold still, or focus.");
        assertThat(chromium.text("[data-overrule=low_quality]")).isEqualTo("Enrol 1 photo of low quality");
    }

    @Test
    void shouldSayWhyAPhotoIsRefused() throws IOException {
        Path text = Files.writeString(scratch.resolve("notes.jpg"), "no picture at all");
        enrol("Anna", text);
        assertThat(chromium.text("#enrol-result h2")).isEqualTo("No photo was enrolled.");
        assertThat(chromium.text("#enrol-result .pictures")).contains("notes.jpg", "JPEG");

        view("identify");
        chromium.choose("#identify-file", text);
        chromium.until(
                "the reason is there",
                () -> chromium.text("#identify-findings .notice").contains("JPEG"));

        Path iphone = Files.write(
                scratch.resolve("IMG_1.heic"), new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0, 0});
        int before = identifications();
        chromium.choose("#identify-file", iphone);
        chromium.until(
                "HEIC is explained",
                () -> chromium.text("#identify-findings .notice").contains("HEIC"));
        assertThat(identifications()).as("nothing was sent").isEqualTo(before);
    }

    @Test
    void shouldAskForWhatIsMissing() {
        view("enrol");
        chromium.click("#enrol-submit");
        assertThat(chromium.text("#enrol-label-error")).isEqualTo("Enter a name.");
        assertThat(chromium.script("return document.activeElement.id")).isEqualTo("enrol-label");
        assertThat(chromium.one("#enrol-label").getDomAttribute("aria-invalid")).isEqualTo("true");
        chromium.one("#enrol-label").sendKeys("Unknown");
        chromium.choose("#enrol-file", ANNA);
        chromium.until(
                "the photo is listed", () -> chromium.all("#enrol-pictures li").size() == 1);
        chromium.click("#enrol-submit");
        chromium.until(
                "the name is refused", () -> chromium.text("#enrol-label-error").contains("stranger"));
        assertThat(chromium.all("#enrol-pictures li"))
                .as("the photo is still there")
                .hasSize(1);
    }

    @Test
    void shouldListRenameMergeAndDelete() throws IOException {
        enrol("Anna", ANNA);
        enrol("Cem", STRANGER);
        view("people");
        chromium.until("both are listed", () -> labels().equals(List.of("Anna", "Cem")));
        assertThat(chromium.text("#people-count")).isEqualTo("2 people are enrolled.");
        chromium.screenshot("desktop-people");

        chromium.one("#people-filter").sendKeys("CE");
        chromium.until("only Cem is left", () -> labels().equals(List.of("Cem")));
        chromium.one("#people-filter").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE);
        chromium.until("both are back", () -> labels().size() == 2);

        rename("Cem", "<b>Cem</b> & co");
        chromium.until("Cem is renamed", () -> labels().equals(List.of("<b>Cem</b> & co", "Anna")));

        rename("<b>Cem</b> & co", "Anna");
        chromium.until(
                "the merge is asked for", () -> chromium.text("dialog[open] h2").equals("Merge with Anna?"));
        assertThat(chromium.script("return document.activeElement.textContent"))
                .as("safe choice has the focus")
                .isEqualTo("Cancel");
        chromium.screenshot("desktop-merge");
        chromium.click("dialog[open] .ok");
        chromium.until(
                "it is said that they differ",
                () -> chromium.text("dialog[open]").contains("look like different people"));
        chromium.click("dialog[open] .ok");
        chromium.until(
                "they are one",
                () -> labels().equals(List.of("Anna"))
                        && chromium.text("#people-rows tr").contains("2 photos"));

        chromium.click("#people-rows tr:first-child a");
        chromium.until("her page with two photos", () -> views().equals(2L));
        chromium.screenshot("desktop-person");
        chromium.click(".views li .actions button:last-child");
        chromium.until("one photo", () -> views().equals(1L));
        chromium.click("#toasts .toast button");
        chromium.until("it was taken back", () -> views().equals(2L));
        chromium.click(".views li .actions button:last-child");
        chromium.until("one photo", () -> views().equals(1L));
        view("people");
        chromium.until(
                "the list knows",
                () -> chromium.text("#people-rows tr").contains("1 photo\n")
                        || chromium.text("#people-rows tr").contains("1 photo "));

        chromium.click("#people-rows tr:first-child button:nth-child(2)");
        chromium.until(
                "deletion is confirmed first",
                () -> chromium.text("dialog[open] h2").equals("Delete Anna?"));
        chromium.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        chromium.until("escape means no", () -> chromium.all("dialog[open]").isEmpty());
        assertThat(chromium.script("return document.activeElement.getAttribute('aria-label')"))
                .isEqualTo("Delete Anna");
        chromium.click("#people-rows tr:first-child button:nth-child(2)");
        chromium.click("dialog[open] .ok");
        chromium.until("a receipt", () -> chromium.text("dialog[open] h2").equals("Anna was deleted"));
        assertThat(chromium.text("dialog[open] .goes"))
                .contains(
                        "1 photo and what was learnt from it: deleted", "Attendance: kept under this name", "Done on");
        chromium.click("dialog[open] .cancel");
        chromium.until("nobody is left", () -> chromium.text("#people-count").startsWith("Nobody is enrolled yet."));
        assertThat(chromium.console())
                .as("a label that is taken; no consent on record")
                .allMatch(line -> line.contains("409") || line.contains("/consent") && line.contains("404"));
    }

    @Test
    void shouldShowThatTheBoxIsReady() {
        chromium.until("ready", () -> chromium.text("#status").startsWith("Ready · 0 people"));
    }

    private static void enrol(String label, Path... photos) {
        view("enrol");
        chromium.script("document.querySelector('#enrol-result').replaceChildren()");
        chromium.one("#enrol-label").clear();
        chromium.one("#enrol-label").sendKeys(label);
        while (!chromium.all("#enrol-pictures li").isEmpty()) {
            chromium.click("#enrol-pictures button");
        }
        chromium.choose("#enrol-file", photos);
        chromium.until(
                "the photos are listed",
                () -> chromium.all("#enrol-pictures li").size() == photos.length);
        chromium.click("#enrol-submit");
        chromium.until(
                "the result is there", () -> !chromium.text("#enrol-result h2").isEmpty());
    }

    private static Object views() {
        return chromium.script("return document.querySelectorAll('.views li:not([hidden])').length");
    }

    private static void rename(String from, String to) {
        chromium.click("#people-rows tr:nth-child(" + (labels().indexOf(from) + 1) + ") button:nth-child(1)");
        chromium.until(
                "the dialog is open", () -> chromium.text("dialog[open] h2").equals("Rename " + from));
        chromium.one("#rename").clear();
        chromium.one("#rename").sendKeys(to, Keys.ENTER);
    }

    private static void view(String name) {
        chromium.click("nav a[data-view=" + name + "]");
        chromium.until(name + " is shown", () -> chromium.one("#view-" + name).isDisplayed());
    }

    private static List<String> labels() {
        return chromium.all("#people-rows tr th").stream()
                .map(cell -> cell.getText())
                .collect(Collectors.toList());
    }

    private static int identifications() {
        try {
            return (int) chromium.requests().stream()
                    .filter(url -> url.contains("/identify?"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** How many pixels of the identification's canvas have exactly this colour. */
    private static long paintedWith(String colour) {
        return ((Number) chromium.script("""
        const canvas = document.querySelector('#identify-canvas');
        if (!canvas.width) return 0;
        const wanted = parseInt(arguments[0].slice(1), 16);
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const data = copy.getImageData(0, 0, canvas.width, canvas.height).data;
        let hits = 0;
        for (let i = 0; i < data.length; i += 4) {
          if (data[i] * 65536 + data[i + 1] * 256 + data[i + 2] === wanted && data[i + 3] === 255) hits++;
        }
        return hits;""", colour)).longValue();
    }
}
