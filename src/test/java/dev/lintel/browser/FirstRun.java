package dev.lintel.browser;

import dev.lintel.testkit.HttpCamera;
import dev.lintel.testkit.WalkUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The first run of an empty box, step by step in Chromium, as {@code scripts/demo tasks} shows it and a test repeats it. */
final class FirstRun {
    /** Yaw and pitch in degrees. */
    private static final int[][] LOOKS = {{0, 0}, {28, 0}, {-32, 0}, {0, -40}};

    private static final int FRAMES_OF_A_LOOK = 4;

    private final Chromium chromium;
    private final Look look;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long began;

    /** Keeps a picture of the page. */
    interface Look {
        void at(String name) throws IOException;
    }

    FirstRun(Chromium chromium, Look look) {
        this.chromium = chromium;
        this.look = look;
    }

    /**
     * Goes through all five steps; fails if one does not come.
     *
     * @return the seconds that each step took
     */
    Map<String, Double> through(String url, String camera, String relay) throws IOException {
        return through(url + "/", camera, relay, null);
    }

    /**
     * Likewise, until the door has let in whom it has just learnt, at any time of the day.
     *
     * @param address with the setup code
     * @param walks makes whoever is enrolled walk up to the camera
     */
    Map<String, Double> toTheTick(String address, String camera, String relay, Runnable walks) throws IOException {
        return through(address, camera, relay, walks);
    }

    private Map<String, Double> through(String address, String camera, String relay, Runnable walks)
            throws IOException {
        began = System.nanoTime();
        chromium.open(address);
        step("Where does the box stand?");
        chromium.one("#setup-place").sendKeys("Harbour Street 4");
        new Select(chromium.all("#setup-body select").get(1)).selectByValue("Europe/Vienna");
        chromium.until(
                "the clock goes there", () -> chromium.text("#setup-clock").startsWith("It is "));
        done("place", "setup-1-place");
        chromium.click("#setup-next");

        step("Who may change this?");
        chromium.one("#setup-name").sendKeys("office");
        chromium.one("#setup-password").sendKeys("quiet river under stones");
        done("administrator", "setup-2-admin");
        chromium.click("#setup-next");

        step("Which camera looks at the door?");
        chromium.until("the search is over", () -> chromium.text(".choices").contains("found"));
        chromium.one("#setup-source").sendKeys(camera);
        chromium.click("#setup-test");
        chromium.until(
                "it is judged", () -> chromium.text("#setup-trial .verdicts").contains("px: fine"));
        done("camera", "setup-3-camera");
        chromium.click("#setup-next");

        step("What opens the door?");
        new Select(chromium.one("#setup-body select")).selectByValue("http");
        typed(chromium, "Address", relay);
        if (walks != null) {
            chromium.click(".week-always");
        }
        chromium.click("#setup-click");
        chromium.until("it is asked", () -> chromium.text("#setup-heard").contains("Did you hear it?"));
        chromium.click("#setup-heard .button");
        chromium.until("it works", () -> chromium.text("#setup-heard").contains("The door works."));
        done("door", "setup-4-door");
        chromium.click("#setup-next");

        step("Now you");
        chromium.one("#guide-name").sendKeys("Anna");
        chromium.click("#guide-begin");
        chromium.until(
                Duration.ofMinutes(4),
                "five views were taken and tried",
                () -> chromium.text(".guide-say").contains("Anna is recognised, distance 0."));
        chromium.until(
                "one is told to walk to the door",
                () -> !chromium.text(".guide-walk").isEmpty());
        done("yourself", "setup-5-you");
        if (walks != null) {
            walks.run();
            chromium.until(
                    Duration.ofMinutes(3),
                    "the green tick",
                    () -> chromium.text(".guide-walk").contains("Anna was let in."));
            done("to the green tick", "setup-6-tick");
        }
        chromium.click("#setup-next");
        chromium.until(
                "the live view is shown", () -> chromium.one("#view-live").isDisplayed());
        return seconds;
    }

    private void step(String title) {
        chromium.until(title, () -> chromium.text("#setup-step").equals(title));
    }

    /** Pictures cost time that no step does. */
    private void done(String name, String picture) throws IOException {
        seconds.put(name, (System.nanoTime() - began) / 1e9);
        look.at(picture);
        began = System.nanoTime();
    }

    static void typed(Chromium chromium, String label, String text) {
        var field = chromium.all(".field").stream()
                .filter(one -> one.isDisplayed()
                        && one.findElement(By.tagName("label")).getText().equals(label))
                .findFirst()
                .orElseThrow();
        var input = field.findElement(By.tagName("input"));
        input.clear();
        input.sendKeys(text);
    }

    /** A camera that sees somebody, drawn, who looks straight, to both sides and up and down, again and again. */
    static HttpCamera camera(Path portrait) throws IOException {
        WalkUp somebody = new WalkUp(ImageIO.read(portrait.toFile()), false, 10);
        List<byte[]> frames = new ArrayList<>();
        for (int[] held : LOOKS) {
            for (int i = 0; i < FRAMES_OF_A_LOOK; i++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImageIO.write(somebody.look(held[0], held[1], frames.size()), "jpeg", out);
                frames.add(out.toByteArray());
            }
        }
        return new HttpCamera((request, number, out) -> {
            byte[] frame = frames.get(number % frames.size());
            out.write(HttpCamera.joined(
                    HttpCamera.head("HTTP/1.1 200 OK\nContent-Type: image/jpeg\nContent-Length: " + frame.length),
                    frame));
        });
    }
}
