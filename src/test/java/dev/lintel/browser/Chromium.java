package dev.lintel.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium with a fake webcam, and what was heard from it. Browser and driver are the machine's own:
 * nothing is downloaded, and the browser's calls home are switched off.
 */
final class Chromium implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;
    private final List<String> requested = new ArrayList<>();

    /**
     * @param profile an empty directory
     * @param webcam an MJPEG file that the fake webcam plays
     * @param hosts what Chromium resolves by itself, e.g. {@code MAP lintel.test 127.0.0.1}
     */
    Chromium(Path profile, Path webcam, String hosts) {
        assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "no " + BROWSER + " or " + DRIVER + ": install Debian's packages chromium and chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        // A new box has made its certificate itself.
        options.setAcceptInsecureCerts(true);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-default-apps",
                "--disable-features=OptimizationHints,MediaRouter",
                "--no-default-browser-check",
                "--lang=en-GB",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-video-capture=" + webcam,
                "--user-data-dir=" + profile,
                "--host-resolver-rules=" + hosts,
                "--window-size=1200,850");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        // What the browser's own first page asked for is not ours.
        driver.get("about:blank");
        driver.manage().logs().get(LogType.PERFORMANCE);
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String url) {
        driver.get(url);
        until("the page is filled", () -> !text("h1").isEmpty());
    }

    WebElement one(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The first displayed element's text; empty if there is none. */
    String text(String css) {
        return all(css).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .findFirst()
                .orElse("");
    }

    void click(String css) {
        until(css + " can be clicked", () -> one(css).isDisplayed() && one(css).isEnabled());
        // In the middle, where no bar at the foot lies over it.
        script("arguments[0].scrollIntoView({ block: 'center' })", one(css));
        one(css).click();
    }

    /** Goes to a view by the menu, of which a phone shows the rest when asked. */
    void menu(String view) {
        String link = "nav a[data-view=" + view + "]";
        if (!one(link).isDisplayed()) {
            click("#nav-more");
        }
        click(link);
    }

    /** Puts files into a file input, as if chosen in the browser's dialog. */
    void choose(String css, Path... files) {
        one(css).sendKeys(String.join(
                "\n",
                java.util.Arrays.stream(files)
                        .map(file -> file.toAbsolutePath().toString())
                        .toList()));
    }

    /** Waits; elements that go away while they are looked at count as not yet. */
    void until(String what, java.util.function.BooleanSupplier condition) {
        until(TIMEOUT, what, condition);
    }

    /** Likewise, for what takes longer by its nature. */
    void until(Duration patience, String what, java.util.function.BooleanSupplier condition) {
        new WebDriverWait(driver, patience)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .ignoring(org.openqa.selenium.NoSuchElementException.class)
                .withMessage(() -> what + "; the page says: "
                        + driver.findElement(By.tagName("body")).getText())
                .until(any -> condition.getAsBoolean());
    }

    Object script(String javascript, Object... arguments) {
        return driver.executeScript(javascript, arguments);
    }

    /** A viewport of this size, touched instead of clicked if {@code phone}. */
    void resize(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    void colourScheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Keeps a picture of the viewport for people to look at. */
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Keeps a picture of the whole page, as long as it is. */
    void whole(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        Files.write(
                SCREENSHOTS.resolve(name + ".png"),
                java.util.Base64.getDecoder().decode(String.valueOf(data)));
    }

    /** Waits until the page has asked for nothing new in half a second, but the pictures of cameras. */
    void settled() {
        until("the page is still", () -> Boolean.TRUE.equals(driver.executeAsyncScript("""
                const done = arguments[0];
                const count = () => performance.getEntriesByType('resource').filter(e => !e.name.includes('/picture.jpg')).length;
                const before = count();
                setTimeout(() => done(count() === before), 500);\
                """)));
    }

    /** Errors and warnings of the console since the last call, one line each. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Every address that pages have asked for so far. */
    List<String> requests() throws IOException {
        for (var entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requested.add(message.path("params").path("request").path("url").asText());
            }
        }
        return List.copyOf(requested);
    }

    /** Name and value of each key of the page's session storage. */
    Map<String, Object> sessionStorage() {
        Map<String, Object> values = new HashMap<>();
        ((Map<?, ?>) script("return {...sessionStorage}"))
                .forEach((key, value) -> values.put(String.valueOf(key), value));
        return values;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
