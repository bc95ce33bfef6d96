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
            OUT.println(stage.house.pulses().isEmpty() ? "the door stayed shut" : "THE DOOR OPENED");
        }
    }

    /** Somebody walks up before a camera that has switched to infra-red. */
    static void night(Path folder, int visits) throws Exception {
        Path clip = Clip.grey(Clip.walkUp(folder.resolve("clip"), Demo.FACE, false, 4));
        try (Stage stage = new Stage(folder, List.of(clip), "")) {
            Demo.enrol(stage.box);
            double round = Clip.frames(clip).size() / Clip.FPS;
            Stage.rest(5 + visits * round);
            Demo.tally(stage);
            stage.decisions().stream()
                    .map(heard -> heard.event().getString("detail"))
                    .distinct()
                    .forEach(reason -> OUT.println("reason: " + reason));
            OUT.println("camera: "
                    + stage.box.get("/cameras").getJsonArray("cameras").getJsonObject(0));
        }
    }

    /** An operator opens while the relay is dead, and again once it works. */
    static void relay(Path folder) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.empty(folder.resolve("clip"))), "")) {
            for (boolean works : new boolean[] {false, true}) {
                stage.house.relay(works);
                OUT.println(works ? "the relay works again" : "the relay is dead");
                OUT.println("  unlock answers " + stage.box.send("POST", "/doors/main/unlock", ""));
                JsonObject door = stage.box.get("/doors").getJsonArray("doors").getJsonObject(0);
                OUT.println("  /doors says " + door.getString("lock"));
                // Open for a second only: a slow machine may say nothing of that.
                Stage.until(
                        "MQTT says that the lock " + (works ? "works" : "failed"),
                        Duration.ofSeconds(30),
                        () -> last(stage.ear.said("lintel/door/main/lock")).equals("JAMMED") != works);
                OUT.println("  MQTT said " + stage.ear.said("lintel/door/main/lock"));
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
            for (String state = ""; !state.equals("live"); Stage.rest(0.25)) {
                JsonObject seen =
                        stage.box.get("/cameras").getJsonArray("cameras").getJsonObject(0);
                state = seen.getString("state");
                String now = state + ", " + seen.getString("detail");
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
        }
    }

    private static void enter(Stage stage, ZonedDateTime at, String direction) throws Exception {
        JsonObject entry = new JsonObject()
                .put("kind", "added")
                .put("label", Demo.ANNA)
                .put("at", at.toOffsetDateTime().toString())
                .put("direction", direction)
                .put("reason", "demo");
        OUT.println(direction + " at " + at.toLocalDateTime() + ": "
                + stage.box
                        .send("POST", "/attendance/corrections", entry.encode())
                        .substring(0, 3));
    }
}
