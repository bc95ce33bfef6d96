package dev.lintel.browser;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.testkit.HttpCamera;
import dev.lintel.testkit.WalkUp;
import dev.lintel.tls.MachineNames;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * What people do most, done in Chromium on a box in a process of its own, with a drawn film before its camera and another one as
 * the webcam; with the seconds and clicks that each takes. {@code scripts/demo tasks} runs it and leaves pictures in
 * {@code target/screenshots}.
 */
final class TimedTasks implements AutoCloseable {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static final double FPS = 15;
    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    private static final Duration PATIENT = Duration.ofMinutes(3);

    /** Yaw and pitch in degrees of whoever is enrolled by webcam, and for how many frames each is held. */
    private static final int[][] WEBCAM = {{0, 0}, {28, 0}, {-32, 0}, {0, -40}};

    private static final int HELD = 45;

    private static final List<String> VIEWS = List.of(
            "live",
            "log",
            "attendance",
            "visitors",
            "devices",
            "identify",
            "enrol",
            "people",
            "person=Carla%20Novak",
            "settings",
            "accounts",
            "audit",
            "backup",
            "system",
            "setup");

    /** Name, language, width, height, colours. */
    private static final String[][] LOOKS = {
        {"light", "en", "1200", "850", "light"},
        {"dark", "en", "1200", "850", "dark"},
        {"phone", "en", "390", "844", "light"},
        {"german", "de", "1200", "850", "light"},
        {"polish-phone", "pl", "360", "740", "dark"}
    };

    private final Path scratch;
    private final List<String> lines = new ArrayList<>();
    private final DoorFilm film;
    private final HttpCamera camera;
    private final HttpCamera second;
    private final HttpServer relay;
    private final Process box;
    private final String address;
    private final Chromium chromium;
    private int clicks;
    private long began;

    private TimedTasks(Path scratch) throws IOException {
        this.scratch = scratch;
        film = new DoorFilm(FACES.resolve("01-a.jpg"));
        camera = new HttpCamera((request, number, out) -> frame(out, film.now()));
        second = FirstRun.camera(FACES.resolve("05-a.jpg"));
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        relay.start();
        box = start();
        address = invitation();
        chromium = new Chromium(scratch.resolve("profile"), webcam(), "MAP lintel.test 127.0.0.1");
        chromium.resize(1200, 850, false);
    }

    /** The box as {@code scripts/lintel serve} starts it, with nothing in its configuration. */
    private Process start() throws IOException {
        Path file = Files.writeString(scratch.resolve("lintel.yaml"), "# An empty box.\n");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.lintel.Main",
                        "serve",
                        "--config",
                        file.toString())
                .redirectError(scratch.resolve("box.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "LINTEL_GATEWAY_PORT",
                        freePort(),
                        "LINTEL_GATEWAY_TLS_PORT",
                        freePort(),
                        "LINTEL_STORE_DATABASE",
                        scratch.resolve("data/lintel.db").toString(),
                        "LINTEL_DELIVERY_PSEUDONYM_KEY",
                        scratch.resolve("data/pseudonyms.key").toString()));
        return builder.start();
    }

    /** One that is the same after a restart. */
    private static String freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return Integer.toString(any.getLocalPort());
        }
    }

    /** The address with the code, as the QR code has it. */
    private String invitation() throws IOException {
        if (MachineNames.inNetwork().isEmpty()) {
            throw new IOException("this machine has no network: the setup code is for other machines");
        }
        BufferedReader said = box.inputReader(StandardCharsets.UTF_8);
        String https = null;
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (https == null && line.strip().startsWith("https://")) {
                https = line.strip();
            }
            if (line.strip().startsWith("Setup code: ")) {
                return https + "#setup="
                        + line.strip().substring("Setup code: ".length()).split(" ")[0];
            }
        }
        throw new IOException("the box did not start: see " + scratch.resolve("box.log"));
    }

    /** The film of the webcam: somebody who looks straight, to both sides and up, again and again. */
    private Path webcam() throws IOException {
        WalkUp somebody = new WalkUp(ImageIO.read(FACES.resolve("02-a.jpg").toFile()), false, FPS);
        Path file = scratch.resolve("webcam.mjpeg");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int[] look : WEBCAM) {
                List<byte[]> noises = new ArrayList<>();
                for (int noise = 0; noise < 3; noise++) {
                    noises.add(jpeg(somebody.look(look[0], look[1], noise)));
                }
                for (int i = 0; i < HELD; i++) {
                    out.write(noises.get(i % noises.size()));
                }
            }
        }
        return file;
    }

    /** What stands before the camera of the door. */
    private static final class DoorFilm {
        private final List<byte[]> looks = new ArrayList<>();
        private final List<byte[]> walk = new ArrayList<>();
        private volatile boolean walking;
        private volatile boolean empty;
        private volatile long since = System.nanoTime();

        DoorFilm(Path portrait) throws IOException {
            WalkUp somebody = new WalkUp(ImageIO.read(portrait.toFile()), false, FPS);
            for (int[] look : WEBCAM) {
                for (int i = 0; i < 4; i++) {
                    looks.add(jpeg(somebody.look(look[0], look[1], i)));
                }
            }
            for (int i = 0; i < somebody.frames(); i++) {
                walk.add(jpeg(somebody.frame(i)));
            }
            for (int i = 0; i < 8 * FPS; i++) {
                walk.add(walk.get(i % 8));
            }
        }

        /** Nobody. */
        void empty() {
            empty = true;
        }

        /** An empty corridor first, then somebody who walks up, again and again. */
        void walks() {
            since = System.nanoTime();
            walking = true;
            empty = false;
        }

        byte[] now() {
            List<byte[]> all = walking ? walk : looks;
            if (empty) {
                return walk.get((int) (System.nanoTime() / 100_000_000 % 8));
            }
            // From its end, which is empty.
            long frame =
                    (long) ((System.nanoTime() - since) / 1e9 * (walking ? FPS : 4)) + (walking ? walk.size() / 2 : 0);
            return all.get((int) (frame % all.size()));
        }
    }

    private static void frame(OutputStream out, byte[] jpeg) throws IOException {
        out.write(HttpCamera.joined(
                HttpCamera.head("HTTP/1.1 200 OK\nContent-Type: image/jpeg\nContent-Length: " + jpeg.length), jpeg));
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WalkUp.write(image, out);
        return out.toByteArray();
    }

    // Clicks and seconds.

    private void begin() {
        clicks = 0;
        began = System.nanoTime();
    }

    private void click(String css) {
        clicks++;
        chromium.click(css);
    }

    private void clickText(String css, String text) {
        clicks++;
        chromium.until(
                text + " is there",
                () -> chromium.all(css).stream()
                        .anyMatch(one -> one.isDisplayed() && one.getText().equals(text)));
        var found = chromium.all(css).stream()
                .filter(one -> one.isDisplayed() && one.getText().equals(text))
                .findFirst()
                .orElseThrow();
        chromium.script("arguments[0].scrollIntoView({ block: 'center' })", found);
        found.click();
    }

    private void done(String task, String wanted, String picture) throws IOException {
        double seconds = (System.nanoTime() - began) / 1e9;
        lines.add(String.format(Locale.ROOT, "| %s | %d | %.1f s | %s |", task, clicks, seconds, wanted));
        System.out.println(lines.get(lines.size() - 1));
        chromium.screenshot(picture);
    }

    /** What is no part of a task is done without the page. */
    private String call(String method, String path, String type, String body) {
        Object answer = chromium.driver().executeAsyncScript("""
                const [method, path, type, body, done] = arguments;
                const bytes = type === 'image/jpeg' ? Uint8Array.from(atob(body), c => c.charCodeAt(0)) : body;
                fetch(path, { method, headers: type ? { 'Content-Type': type } : {}, body: body === null ? undefined : bytes })
                    .then(async answer => done(`${answer.status} ${await answer.text()}`), error => done(String(error)));\
                """, method, path, type, body);
        return String.valueOf(answer);
    }

    private void must(String answer) {
        if (!answer.startsWith("2")) {
            throw new IllegalStateException(answer);
        }
    }

    private void enrolled(String name, String photo, String rest) throws IOException {
        must(call(
                "POST",
                "/enroll?quality=accept&label=" + name + rest,
                "image/jpeg",
                Base64.getEncoder().encodeToString(Files.readAllBytes(FACES.resolve(photo)))));
    }

    private void home() {
        chromium.script("location.hash = '#live'");
        chromium.until("the home is shown", () -> chromium.one("#view-live").isDisplayed());
    }

    private void run() throws Exception {
        firstRun();
        lines.add("");
        lines.add("| task, from the home | clicks | time | wanted |");
        lines.add("|---|---|---|---|");
        enrolByWebcam();
        repair();
        whoWasLate();
        whyDenied();
        addCamera();
        System.out.println();
        lines.forEach(System.out::println);
        tour();
    }

    private void firstRun() throws IOException {
        lines.add("| first run | seconds |");
        lines.add("|---|---|");
        Map<String, Double> steps = new FirstRun(chromium, chromium::screenshot)
                .toTheTick(
                        address,
                        camera.address(""),
                        "http://127.0.0.1:" + relay.getAddress().getPort() + "/relay?timer={pulse}",
                        film::walks);
        steps.forEach((step, took) -> lines.add(String.format(Locale.ROOT, "| %s | %.1f |", step, took)));
        lines.add(String.format(
                Locale.ROOT,
                "| together | %.1f |",
                steps.values().stream().mapToDouble(Double::doubleValue).sum()));
        lines.forEach(System.out::println);
    }

    private void enrolByWebcam() throws IOException {
        home();
        begin();
        click("nav a[data-view=enrol]");
        chromium.one("#enrol-label").sendKeys("Carla Novak");
        click("#enrol-guides .button");
        click("#guide-begin");
        chromium.until(
                PATIENT,
                "five views were taken and tried",
                () -> chromium.text(".guide-say").contains("Carla Novak is recognised"));
        done("enrol by webcam", "under 60 s", "task-enrol");
    }

    private void repair() throws IOException {
        enrolled("Ben", "03-a.jpg", "");
        enrolled("Ben", "03-b.jpg", "");
        enrolled("Carla%20Novak", "04-b.jpg", "&mixed=allow");
        enrolled("Dora", "04-a.jpg", "&duplicate=allow");
        home();
        begin();
        click("nav a[data-view=people]");
        clickText("#people-rows a", "Carla Novak");
        chromium.until("the odd view is red", () -> !chromium.all(".view.bad").isEmpty());
        chromium.screenshot("task-repair-0");
        clickText(".view.bad .button", "Give to Dora");
        chromium.until("it is moved", () -> chromium.all(".view.bad").isEmpty());
        done("repair a wrong enrolment", "three clicks", "task-repair");
    }

    private void whoWasLate() throws IOException {
        film.empty();
        LocalTime start = LocalTime.now(ZONE).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        must(call(
                "PATCH",
                "/settings",
                "application/json",
                "{\"changes\": [{\"op\": \"set\", \"path\": \"attendance.enabled\", \"value\": true}, {\"op\": \"set\", \"path\":"
                        + " \"attendance.grace\", \"value\": \"1s\"}, {\"op\": \"append\", \"path\": \"attendance.schedule\","
                        + " \"value\": {\"days\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"], \"start\": \""
                        + start + "\", \"end\": \"23:59\"}}]}"));
        must(call("POST", "/restart", null, null));
        chromium.until(
                PATIENT,
                "the box runs again",
                () -> call("GET", "/ready", null, null).startsWith("200"));
        // She comes after the shift has begun.
        chromium.until(PATIENT, "the shift begins", () -> LocalTime.now(ZONE).isAfter(start.plusSeconds(2)));
        film.walks();
        String today = "/attendance/day?date=" + LocalDate.now(ZONE);
        chromium.until(
                PATIENT,
                "she was seen",
                () -> call("GET", today, null, null)
                        .contains(
                                "\"label\":\"Anna\",\"date\":\"" + LocalDate.now(ZONE) + "\",\"status\":\"present\""));
        chromium.driver().navigate().refresh();
        home();
        chromium.until("it is counted", () -> chromium.text("#live-today").contains("Late"));
        chromium.screenshot("task-home");
        begin();
        click("#live-today a[href='#attendance=late']");
        chromium.until(
                "she is listed alone",
                () -> chromium.all("#attendance-rows tr").size() == 1
                        && chromium.text("#attendance-rows").contains("Anna"));
        done("find who came late", "one click", "task-late");
    }

    private void whyDenied() throws IOException {
        must(call(
                "PUT",
                "/people/Anna/access",
                "application/json",
                "{\"groups\": [], \"valid_from\": null, \"valid_until\": \"2026-01-31T17:00:00Z\"}"));
        home();
        chromium.until(
                PATIENT,
                "she is not let in",
                () -> chromium.text("#live-recent li").contains("Anna was not let in"));
        begin();
        click("#live-recent li summary");
        chromium.until(
                "the reason is there", () -> chromium.text("#live-recent li").contains("not valid since"));
        done("see why somebody was denied", "one click", "task-denied");
    }

    private void addCamera() throws IOException {
        home();
        begin();
        clicks++;
        chromium.menu("settings");
        clickText("#settings-body .button", "Add a camera");
        FirstRun.typed(chromium, "Device or address", second.address(""));
        FirstRun.typed(chromium, "Name", "yard");
        clickText("dialog .button", "Test");
        chromium.until("it is judged", () -> chromium.text("dialog .verdicts").contains("px: fine"));
        chromium.screenshot("task-camera-0");
        click("dialog .ok");
        chromium.until(
                "the lines are shown", () -> chromium.text("dialog .difference").contains("yard"));
        chromium.screenshot("task-camera-1");
        click("dialog .ok");
        chromium.until(
                "it is saved",
                () -> chromium.all("dialog").isEmpty()
                        && chromium.all("#settings-body h3").stream()
                                .map(org.openqa.selenium.WebElement::getText)
                                .anyMatch("yard"::equals));
        home();
        chromium.until(
                PATIENT,
                "its picture is shown",
                () -> chromium.all("#live-cameras figure").size() == 2
                        && chromium.all("#live-cameras figure .note").stream().noneMatch(note -> note.isDisplayed()));
        done("set up a camera without YAML, up to its picture", "under two minutes", "task-camera");
    }

    /** A picture of every view, by day, by night, on a phone and in other languages. */
    private void tour() throws IOException {
        for (String[] look : LOOKS) {
            chromium.resize(Integer.parseInt(look[2]), Integer.parseInt(look[3]), Integer.parseInt(look[2]) < 500);
            chromium.colourScheme(look[4]);
            chromium.script("localStorage.setItem('lintel-language', arguments[0])", look[1]);
            for (String view : VIEWS) {
                String url = String.valueOf(chromium.script("return location.origin"));
                chromium.driver().get("about:blank");
                chromium.open(url + "/#" + view);
                chromium.settled();
                chromium.whole("tour-" + look[0] + "-" + view.replaceAll("[=%].*", ""));
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        box.destroy();
        if (!box.waitFor(60, TimeUnit.SECONDS)) {
            box.destroyForcibly();
        }
        camera.close();
        second.close();
        relay.stop(0);
    }

    /** See {@code scripts/demo}. */
    public static void main(String[] arguments) throws Exception {
        Path scratch = Files.createTempDirectory("lintel-tasks");
        int end = 0;
        try (TimedTasks tasks = new TimedTasks(scratch)) {
            try {
                tasks.run();
            } catch (Exception broken) {
                broken.printStackTrace();
                tasks.chromium.screenshot("task-broken");
                System.err.println("The box said: " + scratch.resolve("box.log"));
                end = 1;
            }
        }
        System.out.println("The pages are in target/screenshots.");
        System.exit(end);
    }
}
