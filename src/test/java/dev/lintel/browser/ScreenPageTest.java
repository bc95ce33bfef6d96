package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Cue;
import dev.lintel.access.Movement;
import dev.lintel.messages.ScreenMessages;
import dev.lintel.messages.ScreenMessages.CameraCue;
import dev.lintel.testkit.FakeBox;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The screen beside a door in Chromium: what the box says to whoever stands there, and nothing else. */
@Tag("slow")
@Tag("browser")
class ScreenPageTest {
    private static final Path FACES = Path.of("src/test/resources/faces");

    @TempDir
    static Path scratch;

    private static GatewayHarness box;
    private static Http http;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        Path film = FakeWebcam.film(FACES.resolve("02-a.jpg"), scratch.resolve("webcam.mjpeg"));
        chromium = new Chromium(scratch.resolve("profile"), film, "MAP lintel.test 127.0.0.1");
        box = new GatewayHarness(Map.of());
        http = new Http(box);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (box != null) {
            box.close();
        }
    }

    @BeforeEach
    void open() {
        box.box().forgetEverything();
        chromium.resize(1024, 768, false);
        chromium.colourScheme("light");
        says(Cue.of(Cue.Kind.NOBODY));
        chromium.driver().get("about:blank");
        chromium.open(address("main", FakeBox.SCREEN_KEY));
        chromium.until("it is connected", () -> "idle".equals(shows()));
    }

    private static String address(String door, String key) {
        return "http://localhost:" + box.port() + "/screen.html#" + door + "/" + key;
    }

    @Test
    void shouldSayWhatTheCameraAsksFor() throws IOException {
        assertThat(chromium.text("#say")).isEqualTo("Welcome");
        chromium.screenshot("screen-idle");
        says(Cue.of(Cue.Kind.LOOK));
        waitFor("Please look here");
        chromium.screenshot("screen-look");
        says(Cue.move(Movement.LEFT, 1, 2));
        waitFor("Turn your head to the left");
        assertThat(chromium.all("#steps li")).hasSize(2);
        chromium.screenshot("screen-left");
        assertThat(chromium.script("return document.documentElement.scrollHeight <= innerHeight"))
                .as("nobody scrolls a sign")
                .isEqualTo(true);
        says(Cue.move(Movement.NOD, 2, 2));
        waitFor("Lower your chin");
        assertThat(chromium.all("#steps li.done")).hasSize(1);
        chromium.screenshot("screen-nod");
        says(Cue.of(Cue.Kind.AGAIN));
        waitFor("That was not it. Please look here once more.");
        chromium.screenshot("screen-again");
        says(Cue.of(Cue.Kind.PAUSE));
        waitFor("Not recognised");
        assertThat(chromium.text("#more")).isEqualTo("Please ring.");
        chromium.screenshot("screen-refused");
    }

    @Test
    void shouldWelcomeWhoIsLetIn() throws Exception {
        says(Cue.of(Cue.Kind.LOOK));
        waitFor("Please look here");
        http.send(http.request("POST", "/doors/main/unlock", "text/plain", ""));
        waitFor("Welcome");
        assertThat(shows()).isEqualTo("welcome");
        chromium.screenshot("screen-welcome");
    }

    @Test
    void shouldKeepItsKeyOutOfTheAddressAndOverAReload() {
        assertThat(chromium.driver().getCurrentUrl()).endsWith("/screen.html");
        chromium.driver().navigate().refresh();
        chromium.until("it is connected again", () -> "idle".equals(shows()));
    }

    @Test
    void shouldShowNothingWithTheKeyOfAnotherDoor() throws IOException {
        chromium.driver().get("about:blank");
        chromium.driver().get(address("main", "0123456789abcdef-another"));
        waitFor("The key of this screen is not the one of its door");
        chromium.screenshot("screen-wrong-key");
    }

    @Test
    void shouldLetSomebodySayThatTheyWantIn() throws IOException {
        assertThat(chromium.one("#wake").isDisplayed()).isTrue();
        chromium.click("#wake");
        waitFor("Please look here");
        assertThat(chromium.one("#wake").isDisplayed()).isFalse();
    }

    /** A browser keeps pages that were left, and has six connections for the box. */
    @Test
    void shouldLetGoOfTheBoxWhenItIsLeftAndFindItAgain() {
        for (int i = 0; i < 7; i++) {
            chromium.driver().get("about:blank");
            chromium.open(address("main", FakeBox.SCREEN_KEY));
            chromium.until("it is connected", () -> "idle".equals(shows()));
        }
        chromium.driver().get("about:blank");
        chromium.driver().navigate().back();
        chromium.until("it is connected again", () -> "idle".equals(shows()));
        says(Cue.of(Cue.Kind.LOOK));
        waitFor("Please look here");
    }

    @Test
    void shouldSayThatATouchWasNotHeard() {
        chromium.script("const real = fetch; window.fetch = (what, how) => what.endsWith('/wake')"
                + " ? Promise.resolve(new Response('{}', { status: 503 })) : real(what, how); return 1");
        chromium.click("#wake");
        waitFor("That was not heard");
        assertThat(chromium.text("#more")).isEqualTo("Please ring.");
        waitFor("Welcome");
    }

    @Test
    void shouldSpeakTheLanguageThatSomebodyChooses() throws IOException {
        chromium.click("#language");
        chromium.until("it speaks German", () -> chromium.text("#say").equals("Willkommen"));
        says(Cue.move(Movement.CLOSER, 1, 2));
        waitFor("Kommen Sie etwas näher");
        chromium.screenshot("screen-closer-german");
        chromium.script("localStorage.removeItem('lintel-language'); return 1");
    }

    @Test
    void shouldFitAPhoneByNight() throws IOException {
        chromium.colourScheme("dark");
        chromium.resize(390, 780, true);
        says(Cue.move(Movement.RIGHT, 1, 3));
        waitFor("Turn your head to the right");
        assertThat(chromium.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        chromium.screenshot("screen-phone-dark");
    }

    private static void says(Cue cue) {
        box.box().bus().publish(ScreenMessages.CUE, new CameraCue("front", cue));
    }

    private static void waitFor(String text) {
        chromium.until("it says " + text, () -> chromium.text("#say").equals(text));
    }

    private static String shows() {
        return (String) chromium.script("return document.body.dataset.shows");
    }
}
