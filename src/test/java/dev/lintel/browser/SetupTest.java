package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.testkit.HttpCamera;
import dev.lintel.testkit.RunningAppliance;
import dev.lintel.tls.MachineNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty box is set up on the page, and its configuration changed, without an editor. */
@Tag("slow")
@Tag("browser")
class SetupTest {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static final String TEXT = "# The back door; keep this line.\nlogging:\n  level: info   # and this one\n";

    @TempDir
    Path scratch;

    private final List<String> clicks = new CopyOnWriteArrayList<>();
    private Path file;
    private HttpServer relay;
    private HttpCamera camera;
    private RunningAppliance box;
    private Chromium chromium;

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(scratch.resolve("lintel.yaml"), TEXT);
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/", exchange -> {
            clicks.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        relay.start();
        camera = FirstRun.camera(FACES.resolve("01-a.jpg"));
        chromium = new Chromium(
                scratch.resolve("profile"),
                FakeWebcam.film(FACES.resolve("02-a.jpg"), scratch.resolve("webcam.mjpeg")),
                "MAP lintel.test 127.0.0.1");
        box = RunningAppliance.startFresh(scratch.resolve("data"), file);
        chromium.resize(1200, 900, false);
        chromium.colourScheme("light");
    }

    @AfterEach
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (box != null) {
            box.close();
        }
        camera.close();
        relay.stop(0);
    }

    @Test
    void shouldSetUpAnEmptyBoxWithoutAnEditor() throws Exception {
        new FirstRun(chromium, this::look).through(box.url(), camera.address(""), relay());

        assertThat(clicks).anyMatch(click -> click.equals("/relay?turn=on&timer=5"));
        assertThat(Files.readString(file))
                .startsWith(TEXT)
                .contains(
                        "place: Harbour Street 4",
                        "time-zone: Europe/Vienna",
                        "direction: in",
                        "type: http",
                        "Mon-Fri 07:00-19:00");
        assertThat(chromium.console()).allMatch(line -> line.contains("/detect"));
    }

    /** From another machine as far as the box can tell: by its address in the network, which is not loopback. */
    @Test
    void shouldBeSetUpFromAnotherMachineByItsCodeAlone() throws Exception {
        List<String> addresses = MachineNames.inNetwork();
        assumeThat(addresses).as("this machine has no network").isNotEmpty();
        String url = "https://" + addresses.get(0) + ":" + box.tlsPort() + "/";

        chromium.open(url);
        chromium.until("a code is asked for", () -> chromium.text("#setup-step").equals("This box is new"));
        assertThat(chromium.all("nav a").stream().noneMatch(link -> link.isDisplayed()))
                .as("nothing else is offered")
                .isTrue();
        look("setup-0-code");
        chromium.one("#setup-code").sendKeys("AAAA-AAAA");
        chromium.click("#setup-enter");
        chromium.until(
                "it is refused", () -> chromium.text("#setup-body .error").startsWith("This is not the code"));
        chromium.console();

        chromium.driver().get("about:blank");
        chromium.open(url + "#setup=" + box.setupCode());
        chromium.until(
                "the first step is shown", () -> chromium.text("#setup-step").equals("Where does the box stand?"));
        assertThat(chromium.script("return location.hash"))
                .as("the code is gone")
                .isEqualTo("#setup");
        chromium.click("#setup-next");
        chromium.until(
                "an account is asked for", () -> chromium.text("#setup-step").equals("Who may change this?"));
        chromium.one("#setup-name").sendKeys("office");
        chromium.one("#setup-password").sendKeys("quiet river under stones");
        chromium.click("#setup-next");
        chromium.until(
                "the camera is asked for",
                () -> chromium.text("#setup-step").equals("Which camera looks at the door?"));
        chromium.until(
                "the browser is logged in", () -> chromium.text("#log-out").contains("office"));
        assertThat(chromium.console()).isEmpty();
    }

    private String relay() {
        return "http://127.0.0.1:" + relay.getAddress().getPort() + "/relay?turn=on&timer={pulse}";
    }

    @Test
    void shouldChangeAndTakeBackWhatAnOperatorChanges() throws Exception {
        chromium.open(box.url() + "/#settings");
        press("Add a door");
        dialog("Add a door");
        press("See what changes");
        chromium.until(
                "the lines are shown",
                () -> chromium.text("dialog[open] .difference").contains("id: main"));
        assertThat(chromium.text("dialog[open]")).contains("It counts at once");
        look("settings-difference");
        press("Save");
        chromium.until(
                "the door is listed", () -> chromium.text("#view-settings").contains("Everybody: At any time"));
        assertThat(Files.readString(file)).startsWith(TEXT).contains("id: main");

        press("Hours");
        dialog("Hours of main");
        look("settings-hours");
        chromium.script("""
                for (const day of ['Sat', 'Sun']) {
                  document.querySelector(`dialog[open] [data-day=${day}] .span .button`).click();
                }
                document.querySelectorAll('dialog[open] .span input').forEach((input, i) => { input.value = i % 2 ? '19' : '7.00'; });""");
        press("See what changes");
        chromium.until(
                "the lines are shown",
                () -> chromium.text("dialog[open] .difference").contains("Mon-Fri 07:00-19:00"));
        press("Save");
        chromium.until(
                "the hours are listed",
                () -> chromium.text("#view-settings").contains("Everybody: Mon–Fri 07:00–19:00"));
        look("settings");

        press("Change the MQTT broker");
        dialog("Change the MQTT broker");
        FirstRun.typed(chromium, "Broker", "no such host!");
        press("See what changes");
        chromium.until(
                "it is refused", () -> chromium.text("dialog[open] .error").contains("delivery.mqtt.host"));
        press("Cancel");
        chromium.until(
                "the dialog is closed", () -> chromium.all("dialog[open]").isEmpty());

        press("Remove");
        chromium.until(
                "the lines are shown",
                () -> chromium.text("dialog[open] .difference").contains("id: main"));
        press("Save");
        chromium.until(
                "no door is listed", () -> !chromium.text("#view-settings").contains("Everybody:"));
        chromium.script("[...document.querySelectorAll('#view-settings .entry .button')][0].click()");
        chromium.until(
                "going back is asked", () -> chromium.text("dialog[open] h2").startsWith("Back to version"));
        press("Save");
        chromium.until(
                "the door is back", () -> chromium.text("#view-settings").contains("Everybody: Mon–Fri 07:00–19:00"));
        assertThat(Files.readString(file)).contains("Mon-Fri 07:00-19:00");
        assertThat(chromium.console()).isEmpty();
    }

    @Test
    void shouldGiveRightsAndCorrectAttendance() throws Exception {
        box.enrol("Anna", FACES.resolve("01-a.jpg"));
        chromium.open(box.url() + "/#people");
        press("Rights");
        dialog("When may Anna pass?");
        chromium.one("#rights-groups").sendKeys("staff, night-shift");
        chromium.one("#rights-pin").sendKeys("471193");
        look("people-rights");
        press("Save");
        chromium.until("it is said", () -> chromium.all("dialog[open]").isEmpty());
        press("Rights");
        dialog("When may Anna pass?");
        assertThat(chromium.one("#rights-groups").getDomProperty("value")).isEqualTo("night-shift, staff");
        assertThat(chromium.text("dialog[open]")).contains("Take the PIN away");
        assertThat(chromium.script("return document.querySelector('dialog[open]').outerHTML")
                        .toString())
                .doesNotContain("4711");
        press("Cancel");

        chromium.open(box.url() + "/#attendance");
        press("Correct");
        dialog("Correct the attendance of Anna");
        press("Save");
        chromium.until(
                "a time is asked for",
                () -> chromium.text("dialog[open] .error").contains("08:00"));
        chromium.one("#correct-at").sendKeys("0");
        chromium.one("#correct-reason").sendKeys("The camera was off");
        look("attendance-correct");
        press("Save");
        chromium.until("the row knows", () -> chromium.text("#attendance-rows").contains("1 correction"));
        assertThat(chromium.console()).isEmpty();
    }

    private void dialog(String title) {
        chromium.until(title, () -> chromium.text("dialog[open] h2").equals(title));
    }

    /** In the uppermost dialog, or on the page. */
    private void press(String name) {
        String place = chromium.all("dialog[open]").isEmpty() ? "main" : "dialog[open]";
        chromium.until(
                name + " can be pressed",
                () -> chromium.all(place + " button").stream()
                        .filter(button ->
                                button.isDisplayed() && button.getText().equals(name))
                        .findFirst()
                        .map(button -> {
                            button.click();
                            return true;
                        })
                        .orElse(false));
    }

    /** As it is, in the dark, and on a phone, where nothing may stick out. */
    private void look(String name) throws IOException {
        chromium.screenshot(name);
        chromium.colourScheme("dark");
        chromium.resize(390, 844, true);
        chromium.screenshot(name + "-phone-dark");
        assertThat(chromium.script("return document.documentElement.scrollWidth"))
                .as(name + " on a phone")
                .isEqualTo(390L);
        chromium.colourScheme("light");
        chromium.resize(1200, 900, false);
    }
}
