package dev.lintel.demo;

import dev.lintel.testkit.Clips;
import dev.lintel.testkit.RtspServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** What attacks a door or goes wrong around it, one scene each. See {@code scripts/demo}. */
final class Scenes {
    private static final PrintStream OUT = System.out;
    private static final String STRANGER = "04-a.jpg";

    private Scenes() {}

    /** A photo of somebody enrolled, and at once a live stranger in the same place. The door must stay shut. */
    static void swap(Path folder, int visits) throws Exception {
        Path clip = Clip.swap(folder.resolve("clip"), Demo.FACE, STRANGER, 4);
        try (Stage stage = new Stage(folder, List.of(clip), "")) {
            Demo.enrol(stage.box);
            // The box may report nothing of somebody whom it cannot make out: then the time counts.
            double round = Clip.frames(clip).size() / Clip.FPS;
            Stage.rest(5 + visits * round);
            Demo.tally(stage);
            shown(folder, stage, "log", "swap", "Denied");
            Demo.expect(stage.house.pulses().isEmpty(), "the door stayed shut");
            Demo.expect(verdicts(stage, "granted") == 0, "nobody was granted");
            Demo.expect(verdicts(stage, "denied") > 0, "somebody was seen and denied");
        }
    }

    /**
     * Somebody walks up before a camera that has switched to infra-red. Of the drawn face the network is not sure without colour: a
     * PIN settles it, as the door allows.
     */
    static void night(Path folder, int visits) throws Exception {
        Path clip = Clip.grey(Clip.walkUp(folder.resolve("clip"), Demo.FACE, false, 4));
        try (Stage stage = new Stage(folder, List.of(clip), "", "", "not-live: pin")) {
            Demo.enrol(stage.box);
            String pin = "240613";
            String given = stage.box.send(
                    "PUT", "/people/" + Demo.ANNA + "/access", "{\"groups\": [], \"pin\": \"" + pin + "\"}");
            Demo.expect(given.startsWith("200"), "she has a PIN: " + given);
            double round = Clip.frames(clip).size() / Clip.FPS;
            Stage.rest(5 + visits * round);
            Demo.tally(stage);
            stage.decisions().stream()
                    .map(heard -> heard.event().getString("detail"))
                    .distinct()
                    .forEach(reason -> OUT.println("reason: " + reason));
            JsonObject camera =
                    stage.box.get("/cameras").getJsonArray("cameras").getJsonObject(0);
            OUT.println("camera: " + camera);
            Demo.expect(
                    Boolean.FALSE.equals(camera.getBoolean("colour")), "the box says that the picture has no colour");
            Demo.expect(verdicts(stage, "granted") + verdicts(stage, "pin_needed") > 0, "she was recognised");
            int before = stage.house.pulses().size();
            Stage.until("a PIN is taken while she stands there", Duration.ofSeconds(60), () -> {
                String answer = stage.box.send("POST", "/doors/main/pin", "{\"pin\": \"" + pin + "\"}");
                return answer.startsWith("200") || verdicts(stage, "granted") > 0;
            });
            Stage.until(
                    "the door opens",
                    Duration.ofSeconds(20),
                    () -> stage.house.pulses().size() > before);
            Demo.expect(true, "the door opened");
            shown(folder, stage, "log", "night", "Granted");
        }
    }

    private static long verdicts(Stage stage, String verdict) {
        return stage.decisions().stream()
                .filter(heard ->
                        verdict.equals(heard.event().getJsonObject("decision").getString("verdict")))
                .count();
    }

    /** An operator opens while the relay is dead, and again once it works. */
    static void relay(Path folder) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.empty(folder.resolve("clip"))), "");
                Screen screen = new Screen(folder, stage.box.url().resolve("#live"))) {
            for (boolean works : new boolean[] {false, true}) {
                stage.house.relay(works);
                OUT.println(works ? "the relay works again" : "the relay is dead");
                String answer = stage.box.send("POST", "/doors/main/unlock", "");
                OUT.println("  unlock answers " + answer);
                JsonObject door = stage.box.get("/doors").getJsonArray("doors").getJsonObject(0);
                OUT.println("  /doors says " + door.getString("lock"));
                Demo.expect(
                        answer.startsWith(works ? "200" : "502") && answer.contains("lock_failed") != works,
                        "the answer is " + (works ? "200" : "502 lock_failed"));
                Demo.expect(
                        door.getString("lock").equals("failed") != works,
                        "the door is " + (works ? "no longer" : "") + " failed");
                // Open for a second only: a slow machine may say nothing of that.
                Stage.until(
                        "MQTT says that the lock " + (works ? "works" : "failed"),
                        Duration.ofSeconds(30),
                        () -> last(stage.ear.said("lintel/door/main/lock")).equals("JAMMED") != works);
                OUT.println("  MQTT said " + stage.ear.said("lintel/door/main/lock"));
                if (!works) {
                    Demo.expect(screen.shows("The lock of door main does not work"), "the page says so");
                    OUT.println("page: " + screen.picture(Path.of("target", "demo-relay.png")));
                }
            }
        }
    }

    private static String last(List<String> said) {
        return said.isEmpty() ? "" : said.get(said.size() - 1);
    }

    /** A camera whose key frames are 22 seconds apart: more rarely than {@code stale-after}. */
    static void keyframes(Path folder) throws Exception {
        int apart = 22 * Clips.FPS;
        try (RtspServer camera = RtspServer.h264(Clips.h264(folder.resolve("rare.h264"), apart), "anna", "secret");
                Stage stage = new Stage(
                        folder,
                        List.of(),
                        "  - {id: rare, source: \"" + camera.address("anna:secret") + "\", stale-after: 3s}\n",
                        "")) {
            long start = System.nanoTime();
            String before = "";
            boolean waited = false;
            for (String state = ""; !state.equals("live"); Stage.rest(0.25)) {
                JsonObject seen =
                        stage.box.get("/cameras").getJsonArray("cameras").getJsonObject(0);
                state = seen.getString("state");
                String now = state + ", " + seen.getString("detail");
                waited |= now.contains("waits for a key frame");
                double seconds = (System.nanoTime() - start) / 1e9;
                if (!now.equals(before)) {
                    OUT.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, now);
                    before = now;
                }
                if (seconds > 90) {
                    throw new IllegalStateException("no picture within 90 s");
                }
            }
            OUT.println("opened " + camera.transports().size() + " time(s)");
            shown(folder, stage, "devices", "keyframes", "rare");
            Demo.expect(waited, "the box said that it waits for a key frame");
            Demo.expect(camera.transports().size() == 1, "it was opened once");
        }
    }

    /** Somebody comes at 22:00 and goes at 06:00: eight hours, on the day on which they began. */
    static void shift(Path folder) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.empty(folder.resolve("clip"))), "")) {
            Demo.enrol(stage.box);
            ZoneId zone = ZoneId.systemDefault();
            LocalDate began = LocalDate.now(zone).minusDays(2);
            enter(stage, ZonedDateTime.of(began, LocalTime.of(22, 0), zone), "in");
            enter(stage, ZonedDateTime.of(began.plusDays(1), LocalTime.of(6, 0), zone), "out");
            for (LocalDate day : List.of(began, began.plusDays(1))) {
                OUT.println(day + "  "
                        + stage.box
                                .text("/attendance/day?date=" + day + "&format=csv")
                                .strip());
            }
            try (Screen screen = new Screen(folder, stage.box.url().resolve("#attendance"))) {
                screen.shows("Attendance");
                screen.type("#attendance-date", began.toString());
                Demo.expect(screen.shows("8:00"), "the page shows eight hours");
                OUT.println("page: " + screen.picture(Path.of("target", "demo-shift.png")));
            }
            double hours = Duration.between(
                                    ZonedDateTime.of(began, LocalTime.of(22, 0), zone),
                                    ZonedDateTime.of(began.plusDays(1), LocalTime.of(6, 0), zone))
                            .toMinutes()
                    / 60.0;
            Demo.expect(present(stage, began) == 3600 * hours, "eight hours on the day on which they began");
            Demo.expect(present(stage, began.plusDays(1)) == 0, "none on the day after");
        }
    }

    /** Seconds of work of the one who is enrolled. */
    private static double present(Stage stage, LocalDate day) throws Exception {
        return stage.box.get("/attendance/day?date=" + day).getJsonArray("people").stream()
                .map(JsonObject.class::cast)
                .filter(person -> Demo.ANNA.equals(person.getString("label")))
                .mapToDouble(person -> person.getDouble("presence_seconds", 0.0))
                .sum();
    }

    /** Keeps a picture of a part of the page, once it shows what it must. */
    private static void shown(Path folder, Stage stage, String part, String name, String text) throws Exception {
        try (Screen screen = new Screen(folder, stage.box.url().resolve("#" + part))) {
            boolean there = screen.shows(text);
            OUT.println("page: " + screen.picture(Path.of("target", "demo-" + name + ".png")));
            Demo.expect(there, "the page shows '" + text + "'");
        }
    }

    private static void enter(Stage stage, ZonedDateTime at, String direction) throws Exception {
        JsonObject entry = new JsonObject()
                .put("kind", "added")
                .put("label", Demo.ANNA)
                .put("at", at.toOffsetDateTime().toString())
                .put("direction", direction)
                .put("reason", "demo");
        String answer = stage.box.send("POST", "/attendance/corrections", entry.encode());
        OUT.println(direction + " at " + at.toLocalDateTime() + ": " + answer.substring(0, 3));
        Demo.expect(answer.startsWith("20"), "the correction was taken: " + answer);
    }
}
