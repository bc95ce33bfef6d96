package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.LiveView;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.testkit.Http;
import dev.lintel.testkit.Morning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** The operator's desk in Chromium, in front of a box that is faked on the bus. */
@Tag("slow")
@Tag("browser")
class DeskTest {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static final Label ANNA = Label.of("Anna Ångström");

    @TempDir
    static Path scratch;

    private static GatewayHarness box;
    private static Http http;
    private static Chromium chromium;
    private static Access access;

    @BeforeAll
    static void start() throws Exception {
        Path film = FakeWebcam.film(FACES.resolve("02-a.jpg"), scratch.resolve("webcam.mjpeg"));
        chromium = new Chromium(scratch.resolve("profile"), film, "MAP lintel.test 127.0.0.1");
        access = new Access(chromium);
        box = new GatewayHarness(Map.of());
        box.box().cameraSees(Files.readAllBytes(FACES.resolve("02-a.jpg")));
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
        theMorning();
        chromium.resize(1200, 850, false);
        chromium.colourScheme("light");
        chromium.driver().get("about:blank");
        chromium.open("http://localhost:" + box.port() + "/");
        if (!"en".equals(chromium.script("localStorage.clear(); return document.documentElement.lang"))) {
            chromium.driver().navigate().refresh();
            chromium.until(
                    "English", () -> chromium.text("nav a[data-view=people]").equals("People"));
        }
    }

    private static void theMorning() {
        List<Recorded> morning = new ArrayList<>(Morning.events());
        Collections.reverse(morning);
        morning.forEach(recorded -> box.box().happens(recorded.event()));
    }

    @AfterEach
    void shouldHaveAskedNobodyElse() throws IOException {
        assertThat(chromium.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith("http://localhost:" + box.port() + "/")
                        || url.startsWith("blob:")
                        || url.startsWith("data:")
                        || url.equals("about:blank"));
    }

    @Test
    void shouldBeginWithTheLivePictureAndDrawWhoIsThere() throws IOException {
        assertThat(chromium.one("#view-live").isDisplayed()).isTrue();
        assertThat(chromium.all("#live-cameras figure"))
                .as("the camera whose picture is withheld is not shown")
                .hasSize(2);

        chromium.until("Anna is drawn", () -> {
            seen("known", ANNA, "live");
            return painted("#2fbf6b") > 200 && painted("#ffb020") > 50;
        });

        assertThat(chromium.text("#live-cameras .who")).isEqualTo("Anna Ångström and Unknown");
        assertThat(chromium.one("#live-cameras canvas").getDomAttribute("aria-label"))
                .isEqualTo("front: Anna Ångström and Unknown");
        assertThat(chromium.one("#live").getDomProperty("textContent")).isEqualTo("front: Anna Ångström and Unknown");
        assertThat(chromium.text("#live-cameras figure:nth-child(2) .note")).isEqualTo("The camera gives no picture.");
        chromium.screenshot("desk-live");

        chromium.until("the box is gone once nothing is heard of her", () -> painted("#2fbf6b") == 0);
        assertThat(chromium.text("#live-cameras figure:first-child .who")).isEmpty();
    }

    @Test
    void shouldShowHowBackupsAreAndMakeOne() throws IOException {
        view("backup");
        chromium.until(
                "it says how it is", () -> !chromium.text("#backup-state").isEmpty());
        assertThat(chromium.text("#backup-state"))
                .contains("One is made each day at 03:30; the last 14 are kept.")
                .contains("nothing is mounted there")
                .contains("delivery.mqtt.ca-file");
        assertThat(chromium.one("#backup-table").isDisplayed()).isFalse();

        chromium.one("#backup-make").click();
        chromium.one("#backup-passphrase").sendKeys("four words and more");
        chromium.one("#backup-again").sendKeys("four words and mere");
        chromium.one("dialog[open] .ok").click();
        chromium.until(
                "it is refused", () -> chromium.text("dialog[open] .error").contains("not the same"));
        chromium.one("#backup-again").clear();
        chromium.one("#backup-again").sendKeys("four words and more");
        chromium.one("dialog[open] .ok").click();

        chromium.until("it is listed", () -> chromium.all("#backup-rows tr").size() == 1);
        assertThat(chromium.text("#backup-rows tr")).contains("1 KiB").contains("Download");
        chromium.screenshot("desk-backup");
    }

    @Test
    void shouldMarkAPhotoAndTellWhatWasDecided() {
        chromium.until("a warning is drawn", () -> {
            seen("unknown", null, "attack");
            return painted("#ff6b61") > 50;
        });
        assertThat(chromium.text("#live-cameras .who")).contains("Unknown (photo?)");

        box.box().happens(DoorEvent.of(decision(ANNA, Decision.Verdict.GRANTED, "schedule")));

        chromium.until("it is told", () -> chromium.text("#live-recent .entry").contains("Anna Ångström was let in"));
        assertThat(chromium.one("#live-cameras .stage").getDomAttribute("data-tone"))
                .as("the frame is the decision")
                .isEqualTo("good");
        assertThat(chromium.one("#live").getDomProperty("textContent")).startsWith("Granted, Anna Ångström, main");
    }

    @Test
    void shouldNotShowAPhotoAsThePersonUntilProvenLive() {
        chromium.until("it is marked as open", () -> {
            seen("known", ANNA, "not_proven");
            return painted("#ffb020") > 200;
        });

        assertThat(painted("#2fbf6b")).isZero();
        assertThat(chromium.text("#live-cameras .who")).contains("Anna Ångström? Not proven live");
    }

    @Test
    void shouldSayThatTheConnectionIsLostAndComeBack() {
        view("live");
        chromium.until("it is connected", () -> {
            seen("known", ANNA, "live");
            return painted("#2fbf6b") > 200;
        });
        assertThat(chromium.one("#live-offline").isDisplayed()).isFalse();

        chromium.script(
                "window.realFetch = window.fetch; window.fetch = async () => { throw new TypeError('offline'); };"
                        + " location.hash = 'log'");
        chromium.until("it says so", () -> chromium.text("#log-offline").contains("connection to the box was lost"));
        chromium.script("window.fetch = window.realFetch");
        chromium.until("it is back", () -> !chromium.one("#log-offline").isDisplayed());
    }

    @Test
    void shouldExplainEveryDecisionAndGrowByItself() throws IOException {
        view("log");
        chromium.until(
                "the morning is listed", () -> chromium.all("#log-list > li").size() == 3);
        assertThat(chromium.text("#log-list > li:nth-child(2)")).contains("Denied", "Unknown", "main", "explained");
        chromium.click("#log-list > li:nth-child(2) summary");
        assertThat(chromium.text("#log-list > li:nth-child(2) dl"))
                .contains("schedule", "0.30 of at most 0.55", "moved", "9 seen, 3 compared");

        chromium.until("what happens is added", () -> {
            box.box().happens(DoorEvent.of(decision(ANNA, Decision.Verdict.GRANTED, "schedule")));
            return chromium.text("#log-list > li:first-child").contains("Anna Ångström");
        });
        assertThat(chromium.one("#log-list > li:nth-last-child(2) details").getDomProperty("open"))
                .as("what was opened stays open")
                .isEqualTo("true");
        chromium.screenshot("desk-log");

        chromium.one("#log-what").sendKeys("Denied");
        chromium.until("it is asked for", () -> requested("/events?kind=decision&verdict=denied&"));
        chromium.until(
                "the answer is there", () -> chromium.all("#log-list > li").size() == 1);
        box.box().happens(DoorEvent.of(decision(ANNA, Decision.Verdict.GRANTED, "schedule")));
        box.box().happens(DoorEvent.of(decision(null, Decision.Verdict.DENIED, "unknown")));
        chromium.until(
                "only what fits is added", () -> chromium.all("#log-list > li").size() == 2);
        assertThat(chromium.text("#log-list > li:first-child")).startsWith("Denied");
    }

    @Test
    void shouldShowWhoCameOnADayAndSaveIt() throws Exception {
        box.box().forgetEverything();
        http.post("/enroll?label=Anna", "anna1");
        theMorning();
        chromium.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", scratch.toString()));
        view("attendance");
        chromium.until("today", () -> chromium.text("#attendance-summary").contains("1 person"));
        assertThat(chromium.all("#attendance-counters .counter").stream()
                        .map(counter -> counter.getText().replace('\n', ' ')))
                .containsExactly("0 In", "0 Late", "0 Absent", "0 Left");
        chromium.script("const day = document.querySelector('#attendance-date'); day.value = '2026-11-24';"
                + " day.dispatchEvent(new Event('change'))");
        chromium.until(
                "the day on which Anna came",
                () -> chromium.text("#attendance-rows tr").contains("Leaving not seen"));
        assertThat(chromium.text("#attendance-rows tr")).startsWith("Anna");
        chromium.click("[data-counter=late]");
        chromium.until(
                "nobody was late", () -> chromium.text("#attendance-summary").contains("0 of 1 people"));
        chromium.click("[data-counter=late]");
        chromium.one("#attendance-filter").sendKeys("ANN");
        chromium.until("Anna fits", () -> chromium.text("#attendance-rows tr").startsWith("Anna"));
        chromium.screenshot("desk-attendance");
        chromium.click("#attendance-tab-month");
        chromium.script("const month = document.querySelector('#attendance-month'); month.value = '2026-11';"
                + " month.dispatchEvent(new Event('change'))");
        chromium.until(
                "the month", () -> chromium.text("#attendance-month-rows tr").startsWith("Anna 1 "));
        chromium.screenshot("desk-attendance-month");

        chromium.click("#attendance-tab-day");
        chromium.click("#attendance-day-exports button:not([id])");
        chromium.until("it is saved", () -> Files.exists(scratch.resolve("attendance-2026-11-24.csv")));
        assertThat(Files.readString(scratch.resolve("attendance-2026-11-24.csv")))
                .startsWith("date,label,status")
                .contains("Anna");

        chromium.click("#attendance-before");
        chromium.until(
                "the day before",
                () -> chromium.text("#attendance-summary").matches("Monday.*23.*: nobody was enrolled or seen"));
        assertThat(chromium.one("#attendance-date").getDomProperty("value")).isEqualTo("2026-11-23");
    }

    @Test
    void shouldShowHowDoorsAndCamerasAreAndLockDown() throws Exception {
        view("devices");
        chromium.until("the door", () -> chromium.text("#devices-doors h3").startsWith("main"));
        assertThat(chromium.text("#devices-doors h3")).isEqualTo("main Normal");
        assertThat(chromium.text("#devices-cameras"))
                .contains("front", "Live", "24.8 a second", "1,000, of which 12 (1.2%)", "lost", "nothing answers");

        chromium.click("[data-act=lock-down]");
        chromium.until(
                "it is confirmed first", () -> chromium.text("dialog[open] h2").equals("Lock down main?"));
        assertThat(chromium.script("return document.activeElement.textContent"))
                .as("safe choice has the focus")
                .isEqualTo("Cancel");
        chromium.one("#mode-holds").sendKeys("1 hour");
        chromium.click("dialog[open] .ok");
        chromium.until(
                "it is locked down", () -> chromium.text("#devices-doors h3").equals("main Lock-down"));
        assertThat(chromium.text("#devices-doors")).contains("then normal");
        assertThat(http.get("/doors")
                        .json()
                        .getJsonArray("doors")
                        .getJsonObject(0)
                        .getString("mode"))
                .isEqualTo("lock-down");
        assertThat(chromium.one("#live").getDomProperty("textContent")).isEqualTo("main: Lock-down");
        assertThat(chromium.script("return document.activeElement === document.body"))
                .as("the focus is somewhere")
                .isEqualTo(false);
        chromium.screenshot("desk-devices");

        chromium.click("[data-act=normal]");
        chromium.click("dialog[open] .ok");
        chromium.until("it is normal", () -> chromium.text("#devices-doors h3").equals("main Normal"));
    }

    /** The faked door has no lock; here the page is told that it has one. */
    @Test
    void shouldUnlockOnlyWhenThatIsConfirmed() {
        chromium.script("""
            window.asked = [];
            const real = window.fetch;
            window.fetch = async (path, options) => {
              if (!String(path).startsWith('/doors')) return real(path, options);
              window.asked.push(`${options.method ?? 'GET'} ${path}`);
              const response = await real('/doors');
              const body = await response.json();
              body.doors[0].lock = 'locked';
              return new Response(JSON.stringify(body), { status: 200 });
            };\
            """);
        view("devices");
        chromium.click("[data-act=unlock]");
        chromium.until(
                "it is confirmed first", () -> chromium.text("dialog[open] h2").equals("Unlock main now?"));
        chromium.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        chromium.until("escape means no", () -> chromium.all("dialog[open]").isEmpty());
        assertThat(asked()).doesNotContain("POST");

        chromium.click("[data-act=unlock]");
        chromium.click("dialog[open] .ok");
        chromium.until("it is unlocked", () -> asked().contains("POST /doors/main/unlock"));
        chromium.until(
                "it is said",
                () -> "main was unlocked.".equals(chromium.one("#live").getDomProperty("textContent")));
    }

    /** As if the door had a lock, whose relay does what it is told here. */
    private static void theDoorHasALock() {
        chromium.script("""
            window.asked = [];
            window.dead = false;
            const real = window.fetch;
            window.fetch = async (path, options) => {
              if (!String(path).startsWith('/doors')) return real(path, options);
              window.asked.push(`${options.method ?? 'GET'} ${path}`);
              if (options.method === 'POST' && window.dead) {
                return new Response(JSON.stringify({ code: 'lock_failed', detail: 'connect timed out' }), { status: 502 });
              }
              const response = await real('/doors');
              const body = await response.json();
              body.doors[0].lock = 'locked';
              return new Response(JSON.stringify(body), { status: 200 });
            };
            dispatchEvent(new Event('lintel-settings'));\
            """);
    }

    @Test
    void shouldUnlockFromHomeByHoldingAndSayWhatCameOfIt() throws IOException {
        theDoorHasALock();
        view("people");
        view("live");
        chromium.until("the button", () -> chromium.text(".doorway .hold").equals("Hold to unlock"));
        var button = chromium.one(".doorway .hold");

        new Actions(chromium.driver()).clickAndHold(button).release().perform();
        chromium.until(
                "a touch is too short", () -> chromium.text(".doorway .said").equals("Hold the button for a second."));
        assertThat(asked()).doesNotContain("POST");

        new Actions(chromium.driver()).clickAndHold(button).perform();
        chromium.until("it is unlocked", () -> asked().contains("POST /doors/main/unlock"));
        chromium.until("it is said", () -> chromium.text(".doorway .said").equals("Unlocked"));
        new Actions(chromium.driver()).release().perform();
        assertThat(chromium.text("#toasts")).contains("main was unlocked.");
        chromium.screenshot("desk-unlocked");

        chromium.script("window.dead = true");
        new Actions(chromium.driver()).clickAndHold(button).perform();
        chromium.until(
                "the relay is dead",
                () -> chromium.text(".doorway .said").equals("The relay of main does not answer."));
        new Actions(chromium.driver()).release().perform();
    }

    @Test
    void shouldSayWhySomebodyWasDeniedAndWhatToDo() throws IOException {
        view("live");
        box.box().happens(DoorEvent.of(decision(ANNA, Decision.Verdict.DENIED, "schedule")));
        chromium.until(
                "it is told", () -> chromium.text("#live-recent .entry").contains("Anna Ångström was not let in"));
        assertThat(chromium.one("#live-cameras .stage").getDomAttribute("data-tone"))
                .isEqualTo("bad");
        assertThat(chromium.text("#live-recent .entry .actions"))
                .contains("Let in once", "Change the hours", "Rights of Anna Ångström");
        assertThat(chromium.text("#live-recent .entry dl"))
                .as("figures are folded")
                .isEmpty();
        chromium.screenshot("desk-denied");
        chromium.click("#live-recent .entry summary");
        assertThat(chromium.text("#live-recent .entry dl")).contains("0.31 of at most 0.55");
    }

    private static String asked() {
        return String.valueOf(chromium.script("return window.asked.join(', ')"));
    }

    @Test
    void shouldGiveAVisitorAName() throws Exception {
        Instant now = Instant.now();
        box.box()
                .visited(
                        7,
                        "vera1",
                        3,
                        2,
                        now.minus(Duration.ofHours(30)),
                        now.minus(Duration.ofHours(2)),
                        "front",
                        "yard");
        box.box().visited(8, "post1", 1, 0, now.minus(Duration.ofHours(1)), now.minus(Duration.ofHours(1)), "front");
        http.post("/enroll?label=Anna", "anna1");
        view("visitors");
        chromium.until(
                "both are listed", () -> chromium.all("#visitors-list > li").size() == 2);
        assertThat(chromium.text("#visitors-count"))
                .startsWith("2 unknown people were seen.")
                .contains("3 days");
        assertThat(chromium.text("#visitors-list > li"))
                .contains("Visitor 7", "Seen 3 times", "front and yard", "live in 2 of 3");
        chromium.screenshot("desk-visitors");

        chromium.click("#visitors-list > li:first-child .primary");
        chromium.until(
                "the name is asked for",
                () -> chromium.all("#visitor-names option").size() == 1);
        assertThat(chromium.script("return document.activeElement.id")).isEqualTo("visitor-name");
        chromium.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        chromium.until(
                "a name is needed", () -> chromium.text("dialog[open] .error").equals("Enter a name."));
        chromium.one("#visitor-name").sendKeys("Vera", Keys.ENTER);
        chromium.until("one is left", () -> chromium.all("#visitors-list > li").size() == 1);
        assertThat(chromium.one("#live").getDomProperty("textContent")).isEqualTo("1 view of Vera was enrolled.");
        assertThat(http.post("/identify", "vera2").json().getString("label")).isEqualTo("Vera");
        assertThat(chromium.script("return document.activeElement.id")).isEqualTo("visitors-title");
    }

    @Test
    void shouldInsistOnlyAfterAWarning() throws Exception {
        Instant now = Instant.now();
        box.box().visited(8, "vera1", 1, 0, now, now, "front");
        http.post("/enroll?label=Anna", "vera2");
        view("visitors");
        chromium.click("#visitors-list > li:first-child .primary");
        chromium.one("#visitor-name").sendKeys("Vera", Keys.ENTER);

        chromium.until("not proven live", () -> chromium.text("dialog[open] h2").equals("Enrol as Vera all the same?"));
        assertThat(chromium.text("dialog[open] .body")).contains("held a photo before the camera");
        assertThat(chromium.script("return document.activeElement.textContent"))
                .as("safe choice has the focus")
                .isEqualTo("Cancel");
        chromium.click("dialog[open] .ok");
        chromium.until(
                "somebody else's face",
                () -> chromium.text("dialog[open] .body").contains("already enrolled as Anna"));
        chromium.click("dialog[open] .cancel");

        assertThat(http.get("/people/Vera").status()).isEqualTo(404);
        assertThat(chromium.all("#visitors-list > li")).hasSize(1);
    }

    @Test
    void shouldSayThatVisitorsAreOffAndHowToSwitchThemOn() {
        box.box().visitorsOff();
        view("visitors");
        chromium.until("it is said", () -> chromium.text("#visitors-count").startsWith("Off:"));
        assertThat(chromium.text("#visitors-count")).contains("Switch it on under Settings");
        assertThat(chromium.one("#visitors-ignored").isDisplayed()).isFalse();
    }

    @Test
    void shouldIgnoreAndForgetVisitors() {
        Instant now = Instant.now();
        box.box().visited(7, "vera1", 3, 2, now, now, "front");
        box.box().visited(8, "post1", 1, 1, now, now, "front");
        view("visitors");
        chromium.click("#visitors-list > li:first-child .actions button:nth-child(2)");
        chromium.until(
                "it is confirmed first", () -> chromium.text("dialog[open] h2").equals("Ignore Visitor 7?"));
        chromium.click("dialog[open] .ok");
        chromium.until("one is left", () -> chromium.all("#visitors-list > li").size() == 1);

        chromium.click("#visitors-ignored summary");
        chromium.until(
                "it is among the ignored",
                () -> chromium.text("#visitors-ignored-list").startsWith("Visitor 7, ignored since"));
        chromium.click("#visitors-ignored-list button");
        chromium.click("dialog[open] .ok");
        chromium.until(
                "nothing is kept", () -> chromium.text("#visitors-ignored-list").equals("None."));

        chromium.click("#visitors-list > li:first-child .actions button:nth-child(3)");
        chromium.click("dialog[open] .ok");
        chromium.until("nobody is left", () -> chromium.text("#visitors-count").startsWith("Nobody unknown was seen."));
    }

    @ParameterizedTest
    @CsvSource({"1200, 850, light, en", "1200, 850, dark, de", "360, 740, light, de", "320, 600, dark, en"})
    void shouldServeEverybody(int width, int height, String scheme, String language) throws Exception {
        Instant now = Instant.now();
        box.box().visited(7, "vera1", 3, 2, now.minus(Duration.ofHours(30)), now, "front");
        box.box().visited(8, "post1", 1, 0, now, now, "front");
        http.post("/enroll?label=" + Http.encode(ANNA.text()), "anna1");
        if (language.equals("de")) {
            speak("de");
            chromium.until(
                    "German", () -> chromium.text("nav a[data-view=people]").equals("Personen"));
            assertThat(chromium.script("return document.documentElement.lang")).isEqualTo("de");
        }
        chromium.resize(width, height, width < 500);
        chromium.colourScheme(scheme);
        SoftAssertions all = new SoftAssertions();
        for (String view : views()) {
            view(view);
            chromium.until(
                    view + " is filled", () -> !chromium.all(filled(view)).isEmpty());
            String name = "desk-" + width + "-" + scheme + "-" + language + "-" + view;
            chromium.screenshot(name);
            all.assertThat(access.unnamed())
                    .as(name + ", controls without a name")
                    .isEmpty();
            all.assertThat(access.unreachable())
                    .as(name + ", controls out of reach of the tab key")
                    .isEmpty();
            all.assertThat(access.tooSmall())
                    .as(name + ", controls too small for a thumb")
                    .isEmpty();
            all.assertThat(access.faint())
                    .as(name + ", text with too little contrast")
                    .isEmpty();
            all.assertThat(access.markup()).as(name + ", markup").isEmpty();
            all.assertThat(access.overflow()).as(name + ", pixels too wide").isZero();
        }
        all.assertAll();
    }

    @Test
    void shouldKeepTheLanguageThatWasChosen() {
        speak("de");
        chromium.until("German", () -> chromium.text("nav a[data-view=people]").equals("Personen"));
        chromium.driver().navigate().refresh();
        chromium.until(
                "still German", () -> chromium.text("nav a[data-view=people]").equals("Personen"));

        speak("en");
        chromium.until(
                "English again", () -> chromium.text("nav a[data-view=people]").equals("People"));
    }

    private static void speak(String language) {
        new Select(chromium.one("#language")).selectByValue(language);
    }

    private static List<String> views() {
        return List.of("live", "log", "attendance", "visitors", "devices", "backup");
    }

    /** What is there once a view has what it asked for. */
    private static String filled(String view) {
        return switch (view) {
            case "live" -> "#live-cameras figure";
            case "log" -> "#log-list > li";
            case "attendance" -> "#attendance-month-rows > tr";
            case "devices" -> "#devices-cameras > li";
            case "visitors" -> "#visitors-list > li";
            case "backup" -> "#backup-state > p";
            default -> throw new IllegalArgumentException(view);
        };
    }

    private static boolean requested(String address) {
        try {
            return chromium.requests().stream().anyMatch(url -> url.contains(address));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void view(String name) {
        chromium.menu(name);
        chromium.until(name + " is shown", () -> chromium.one("#view-" + name).isDisplayed());
    }

    /** Somebody, and an unknown person beside, before the camera in a picture of 512 by 640. */
    private static void seen(String state, Label who, String live) {
        box.box()
                .bus()
                .publish(
                        CameraMessages.LIVE,
                        new LiveView(
                                "front",
                                Instant.now(),
                                512,
                                640,
                                List.of(
                                        new LiveView.Face(
                                                new UUID(1, 1),
                                                new FaceBox(150, 150, 200, 260),
                                                who,
                                                state,
                                                live,
                                                live.equals("live") ? "granted" : null),
                                        new LiveView.Face(
                                                new UUID(1, 2),
                                                new FaceBox(20, 60, 80, 100),
                                                null,
                                                "unknown",
                                                "not_proven",
                                                null))));
    }

    private static Decision decision(Label who, Decision.Verdict verdict, String rule) {
        Instant now = Instant.now();
        UUID id = UUID.randomUUID();
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                now.minusMillis(900),
                now.minusMillis(600),
                now.minusMillis(200),
                14,
                3,
                who == null ? Sighting.Identity.UNKNOWN : Sighting.Identity.KNOWN,
                who == null ? null : new Candidate(who, 0.8),
                0.31,
                0.55,
                0.213,
                new LiveProof(
                        LiveProof.State.LIVE,
                        0.91,
                        List.of(Reason.of("live-score", 0.9, 0.75), Reason.found("depth", "percent", 5))),
                null,
                "m");
        return new Decision(
                id, "main", now, verdict, who, sighting, rule, List.of(new Reason("let in by the rule " + rule)));
    }

    /** How many pixels of the first camera's picture have this colour. */
    private static long painted(String colour) {
        return ((Number) chromium.script("""
            const canvas = document.querySelector('#live-cameras canvas');
            if (!canvas?.width) return 0;
            const wanted = parseInt(arguments[0].slice(1), 16);
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const data = copy.getImageData(0, 0, canvas.width, canvas.height).data;
            let hits = 0;
            for (let i = 0; i < data.length; i += 4) {
              if (data[i] * 65536 + data[i + 1] * 256 + data[i + 2] === wanted) hits++;
            }
            return hits;\
            """, colour)).longValue();
    }
}
