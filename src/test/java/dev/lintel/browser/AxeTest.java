package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.testkit.HttpCamera;
import dev.lintel.testkit.RunningAppliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every view of a whole box as axe-core sees it, by day, by night and on a phone; and how much of it a browser has to fetch. axe-core
 * comes from npm, into {@code target}, and is no part of the box.
 */
@Tag("slow")
@Tag("browser")
@Tag("network")
@EnabledIfSystemProperty(named = "axe", matches = "true", disabledReason = "takes minutes: -Daxe=true")
class AxeTest {
    private static final String AXE = "axe-core@4.14.1";
    private static final Path FOLDER = Path.of("target", "axe");
    private static final Path SCRIPT = FOLDER.resolve("package/axe.min.js");
    private static final Path FACES = Path.of("src/test/resources/faces");

    /** Address of each view, and what is there once it has what it asked for. */
    private static final Map<String, String> VIEWS = Map.ofEntries(
            Map.entry("live", "#live-cameras figure"),
            Map.entry("log", "#log-count"),
            Map.entry("attendance", "#attendance-rows tr"),
            Map.entry("visitors", "#visitors-count:not(:empty)"),
            Map.entry("devices", "#devices-cameras li"),
            Map.entry("identify", "#identify-hint"),
            Map.entry("enrol", "#enrol-guides button"),
            Map.entry("people", "#people-rows tr"),
            Map.entry("person=Anna", ".views li"),
            Map.entry("accounts", "#accounts-add"),
            Map.entry("backup", "#backup-state p"),
            Map.entry("settings", "#settings-box"),
            Map.entry("system", ".parts li"),
            Map.entry("setup", "#setup-step"));

    @TempDir
    static Path scratch;

    private static HttpCamera camera;
    private static RunningAppliance box;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        fetchAxe();
        Path film = FakeWebcam.film(FACES.resolve("02-a.jpg"), scratch.resolve("webcam.mjpeg"));
        chromium = new Chromium(scratch.resolve("profile"), film, "MAP lintel.test 127.0.0.1");
        camera = FirstRun.camera(FACES.resolve("01-a.jpg"));
        Path file = Files.writeString(scratch.resolve("lintel.yaml"), """
                gateway: {place: Harbour Street 4}
                cameras:
                  - {id: front, door: main, direction: in, source: "%s"}
                doors:
                  - {id: main, schedules: {everybody: [Mon-Fri 07:00-19:00]}}
                visitors: {keep: 72h}
                """.formatted(camera.address("")));
        box = RunningAppliance.startFresh(scratch.resolve("data"), file);
        box.enrol("Anna", FACES.resolve("01-a.jpg"));
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
        if (camera != null) {
            camera.close();
        }
    }

    private static void fetchAxe() throws Exception {
        if (Files.exists(SCRIPT)) {
            return;
        }
        Files.createDirectories(FOLDER);
        boolean fetched = run("npm", "pack", AXE, "--silent")
                && run("sh", "-c", "tar xzf axe-core-*.tgz package/axe.min.js package/LICENSE");
        assumeTrue(fetched && Files.exists(SCRIPT), "axe-core cannot be had from npm here");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "light, en, 1200, 850, light, false",
        "dark, en, 1200, 850, dark, false",
        "phone, en, 390, 844, light, true",
        "phone-dark-german, de, 390, 844, dark, true",
        "german, de, 1200, 850, light, false"
    })
    void shouldHaveNothingSeriousInAnyView(
            String name, String language, int width, int height, String scheme, boolean phone) throws IOException {
        chromium.resize(width, height, phone);
        chromium.colourScheme(scheme);
        chromium.driver().get("about:blank");
        chromium.open(box.url() + "/#people");
        chromium.script("localStorage.clear(); localStorage.setItem('lintel-language', arguments[0])", language);
        String axe = Files.readString(SCRIPT);
        List<String> found = new ArrayList<>();
        for (var view : VIEWS.entrySet()) {
            chromium.driver().get("about:blank");
            chromium.open(box.url() + "/#" + view.getKey());
            chromium.until(
                    view.getKey() + " is filled",
                    () -> !chromium.all(view.getValue()).isEmpty());
            chromium.screenshot("view-" + view.getKey().replaceAll("=.*", "") + "-" + name);
            chromium.script(axe);
            @SuppressWarnings("unchecked")
            List<String> wrong = (List<String>) chromium.driver().executeAsyncScript("""
                    const done = arguments[arguments.length - 1];
                    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations
                        .filter(({ impact }) => ['serious', 'critical'].includes(impact))
                        .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`))));\
                    """);
            wrong.forEach(one -> found.add(view.getKey() + " " + one));
            if (phone) {
                Object wide = chromium.script("return document.documentElement.scrollWidth");
                if (!Long.valueOf(width).equals(wide)) {
                    found.add(view.getKey() + " is " + wide + " pixels wide");
                }
            }
        }
        System.out.println("axe-core, " + name + ": " + VIEWS.size() + " views, " + found.size() + " serious");
        assertThat(found).isEmpty();
    }

    /** On the narrowest phone, where long words show first. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "pl"})
    void shouldFitInEveryLanguage(String language) throws IOException {
        chromium.resize(320, 640, true);
        chromium.colourScheme("light");
        chromium.driver().get("about:blank");
        chromium.open(box.url() + "/#people");
        chromium.script("localStorage.clear(); localStorage.setItem('lintel-language', arguments[0])", language);
        List<String> found = new ArrayList<>();
        for (var view : VIEWS.entrySet()) {
            chromium.driver().get("about:blank");
            chromium.open(box.url() + "/#" + view.getKey());
            chromium.until(
                    view.getKey() + " is filled",
                    () -> !chromium.all(view.getValue()).isEmpty());
            assertThat(chromium.script("return document.documentElement.lang")).isEqualTo(language);
            chromium.screenshot("narrow-" + view.getKey().replaceAll("=.*", "") + "-" + language);
            @SuppressWarnings("unchecked")
            List<String> wide = (List<String>) chromium.script("""
                    const wide = [...document.querySelectorAll('button, a, label, h1, h2, h3, p, th, td, legend, summary')]
                        .filter(e => e.checkVisibility() && e.id !== 'skip' && !e.closest('.visually-hidden, thead')
                            && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
                                || e.getBoundingClientRect().right > innerWidth + 1))
                        .map(e => e.outerHTML.slice(0, 120));
                    return document.documentElement.scrollWidth > 320 ? [`${document.documentElement.scrollWidth} pixels`, ...wide] : wide;\
                    """);
            wide.forEach(one -> found.add(view.getKey() + " " + one));
        }
        System.out.println("320 pixels, " + language + ": " + found.size() + " too wide");
        assertThat(found).isEmpty();
    }

    /** What a browser that has nothing yet fetches for the first view, without the pictures of the cameras. */
    @Test
    void shouldFitTheBudgetOfTheFirstView() {
        chromium.resize(1200, 850, false);
        chromium.driver().get("about:blank");
        chromium.driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        chromium.open(box.url() + "/#live");
        chromium.until(
                "it is filled", () -> !chromium.all("#live-cameras figure").isEmpty());
        long bytes = ((Number) chromium.script("""
                return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(({ name }) => !name.includes('/picture.jpg') && !name.startsWith('blob:'))
                    .reduce((sum, { transferSize }) => sum + transferSize, 0);\
                """)).longValue();
        System.out.printf("first view: %.1f KB%n", bytes / 1000.0);
        assertThat(bytes).isBetween(20_000L, 150_000L);
    }
}
