package dev.lintel.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium before the box's page, with the demonstration's key. */
final class Screen implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChromeDriver driver;

    /** @param page with the part that is to be seen after # */
    Screen(Path folder, URI page) throws IOException {
        if (!Files.isExecutable(BROWSER) || !Files.isExecutable(DRIVER)) {
            throw new IOException("Chromium is missing: sudo apt-get install chromium chromium-driver");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-GB",
                "--window-size=1200,900",
                "--user-data-dir=" + folder.resolve("chromium"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        driver.get(page.resolve("/icon.svg").toString());
        driver.executeScript("sessionStorage.setItem('lintel-api-key', arguments[0])", Box.KEY);
        driver.get(page.toString());
    }

    /** Another part of the page. */
    void turnTo(String part) {
        driver.executeScript("location.hash = arguments[0]", part);
    }

    /** Fills a field as somebody would who types into it. */
    void type(String css, String text) {
        driver.executeScript(
                "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
                        + " field.dispatchEvent(new Event('change', { bubbles: true }))",
                css,
                text);
    }

    /** Whether what is to be seen comes to hold a text. */
    boolean shows(String text) {
        try {
            new WebDriverWait(driver, PATIENCE)
                    .until(any ->
                            driver.findElement(By.tagName("body")).getText().contains(text));
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** A picture of it. */
    Path picture(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
