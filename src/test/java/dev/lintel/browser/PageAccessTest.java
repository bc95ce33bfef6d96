package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.RunningAppliance;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page by keyboard, by screen reader, on a phone, in the dark; and where the box wants a key or has no HTTPS. */
@Tag("slow")
@Tag("browser")
class PageAccessTest {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static final String KEY = "browser-test-key-of-an-admin";

    @TempDir
    static Path scratch;

    private static RunningAppliance box;
    private static Chromium chromium;
    private static Access access;

    @BeforeAll
    static void start() throws Exception {
        Path film = FakeWebcam.film(FACES.resolve("02-a.jpg"), scratch.resolve("webcam.mjpeg"));
        chromium = new Chromium(scratch.resolve("profile"), film, "MAP lintel.test 127.0.0.1");
        access = new Access(chromium);
        box = RunningAppliance.startWithKey(scratch.resolve("data"), KEY);
        box.enrol("Anna Ångström", FACES.resolve("01-a.jpg"));
        box.enrol("Dr. Konstantin-Alexander von Hohenfels-Sigmaringen zu Oberunterhausen", FACES.resolve("03-a.jpg"));
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
    void openWithKey() {
        chromium.resize(1200, 850, false);
        chromium.colourScheme("light");
        open(box.url());
        chromium.script("sessionStorage.setItem('lintel-api-key', arguments[0])", KEY);
        open(box.url());
        chromium.console();
    }

    @ParameterizedTest
    @CsvSource({"1200, 850, light", "1200, 850, dark", "390, 844, light", "320, 600, dark"})
    void shouldServeEverybody(int width, int height, String scheme) throws IOException {
        chromium.resize(width, height, width < 500);
        chromium.colourScheme(scheme);
        String name = width + "-" + scheme + "-";
        SoftAssertions all = new SoftAssertions();

        chromium.choose("#identify-file", FACES.resolve("01-b.jpg"));
        chromium.until("Anna is named", () -> chromium.text(".card .name").equals("Anna Ångström"));
        look(all, name + "identify");

        view("enrol");
        chromium.choose("#enrol-file", FACES.resolve("02-a.jpg"), FACES.resolve("02-b.jpg"));
        chromium.until("two photos", () -> chromium.all("#enrol-pictures li").size() == 2);
        chromium.click("#enrol-camera");
        chromium.until("the camera runs", () -> chromium.one("#enrol-shot").isDisplayed());
        look(all, name + "enrol");
        chromium.click("#enrol-camera");

        view("people");
        chromium.until("two people", () -> chromium.all("#people-rows tr").size() == 2);
        look(all, name + "people");
        assertThat(access.tree())
                .as("rows stay rows, also as cards")
                .contains(
                        "rowheader Anna Ångström", "cell 1 photo", "button Rename Anna Ångström", "columnheader Name");

        chromium.click("#people-rows tr:first-child button:nth-child(2)");
        chromium.until("the dialog is open", () -> !chromium.all("dialog[open]").isEmpty());
        all.assertThat(access.faint()).as(name + "dialog, contrast").isEmpty();
        all.assertThat(access.overflow()).as(name + "dialog, overflow").isZero();
        assertThat(access.tree()).contains("dialog Delete Anna Ångström?");
        chromium.screenshot(name + "dialog");
        chromium.click("dialog[open] .cancel");
        all.assertAll();
    }

    private static void look(SoftAssertions all, String name) throws IOException {
        chromium.screenshot(name);
        all.assertThat(access.unnamed()).as(name + ", controls without a name").isEmpty();
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

    @Test
    void shouldBeUsableByKeyboardAlone() {
        press(Keys.TAB, Keys.ENTER);
        assertThat(chromium.script("return document.activeElement.id"))
                .as("the skip link leads to the content")
                .isEqualTo("main");
        assertThat(chromium.one("#view-identify").isDisplayed()).isTrue();

        chromium.script("document.querySelector('nav a[data-view=people]').focus()");
        press(Keys.ENTER);
        chromium.until("two people", () -> chromium.all("#people-rows tr").size() == 2);
        assertThat(chromium.script("return document.activeElement.id")).isEqualTo("people-title");
        assertThat(chromium.one("nav a[data-view=people]").getDomAttribute("aria-current"))
                .isEqualTo("page");

        chromium.script("document.querySelector('#people-rows tr:first-child button:nth-child(1)').focus()");
        press(Keys.ENTER);
        chromium.until(
                "the field has the focus", () -> "rename".equals(chromium.script("return document.activeElement.id")));
        press("Anna B.", Keys.ENTER);
        chromium.until(
                "Anna is renamed", () -> chromium.text("#people-rows tr th").equals("Anna B."));
        assertThat(chromium.one("#live").getDomProperty("textContent"))
                .isEqualTo("Anna Ångström is called Anna B. now.");
        assertThat(chromium.script("return document.activeElement === document.body"))
                .as("the focus is somewhere")
                .isEqualTo(false);

        chromium.script("document.querySelector('#people-rows tr:first-child button:nth-child(1)').focus()");
        press(Keys.ENTER);
        chromium.until(
                "the field has the focus", () -> "rename".equals(chromium.script("return document.activeElement.id")));
        press("Anna Ångström", Keys.ENTER);
        chromium.until(
                "Anna has her name back",
                () -> chromium.text("#people-rows tr th").equals("Anna Ångström"));
    }

    @Test
    void shouldAskWhoIsThereAndKeepAKeyInTheTab() {
        chromium.script("sessionStorage.clear()");
        view("people");
        chromium.until(
                "a name is asked for", () -> chromium.text("dialog[open] h2").equals("Log in"));
        assertThat(chromium.script("return document.activeElement.id")).isEqualTo("login-name");

        chromium.click("dialog[open] summary");
        chromium.click("#key");
        press("wrong", Keys.ENTER);
        chromium.until(
                "a wrong key is not taken",
                () -> chromium.all("dialog[open] #key").size() == 1
                        && chromium.one("#key").getDomProperty("value").isEmpty());
        chromium.click("dialog[open] summary");
        chromium.click("#key");
        press(KEY, Keys.ENTER);
        chromium.until("two people", () -> chromium.all("#people-rows tr").size() == 2);
        assertThat(chromium.sessionStorage()).containsOnlyKeys("lintel-api-key");
        assertThat(chromium.script("return localStorage.length + document.cookie.length"))
                .isEqualTo(0L);
    }

    @Test
    void shouldExplainWhereTheBrowserGivesNoCamera() {
        open("http://lintel.test:" + box.port());
        chromium.click("#identify-camera");
        chromium.until(
                "it is explained", () -> chromium.text("#identify-camera-note").contains("HTTPS"));
        assertThat(chromium.one("#identify-camera").getDomAttribute("aria-pressed"))
                .isEqualTo("false");
    }

    private static void open(String url) {
        chromium.driver().get("about:blank");
        chromium.open(url + "/");
    }

    private static void view(String name) {
        chromium.menu(name);
        chromium.until(name + " is shown", () -> chromium.one("#view-" + name).isDisplayed());
    }

    private static void press(CharSequence... keys) {
        new org.openqa.selenium.interactions.Actions(chromium.driver())
                .sendKeys(keys)
                .perform();
    }
}
