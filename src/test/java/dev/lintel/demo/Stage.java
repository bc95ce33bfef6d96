package dev.lintel.demo;

import dev.lintel.camera.MjpegServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A box with cameras that see clips, a door, a relay, a webhook and a broker, all on the loopback address. */
final class Stage implements AutoCloseable {
    final Path folder;
    final House house;
    final Ear ear;
    final List<MjpegServer> cameras = new ArrayList<>();
    final Box box;

    /**
     * @param clips what each camera sees
     * @param extra further lines of the configuration
     */
    Stage(Path folder, List<Path> clips, String extra) throws Exception {
        this(folder, clips, "", extra);
    }

    /** @param more further cameras, as lines of the configuration */
    Stage(Path folder, List<Path> clips, String more, String extra) throws Exception {
        this(folder, clips, more, extra, "cool-down: 1s");
    }

    /** @param door one more key of the door */
    Stage(Path folder, List<Path> clips, String more, String extra, String door) throws Exception {
        this.folder = folder;
        house = new House();
        ear = new Ear(folder);
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < clips.size(); i++) {
            MjpegServer server = Clip.play(clips.get(i));
            cameras.add(server);
            list.append("  - {id: camera-")
                    .append(i + 1)
                    .append(", door: main, direction: in, source: \"")
                    .append(server.uri())
                    .append("\", stale-after: 3s, reconnect-max: 5s}\n");
        }
        list.append(more);
        Path config = folder.resolve("lintel.yaml");
        Files.writeString(config, """
        gateway: {port: 0, tls: {enabled: false}, keys: [{name: demo, role: admin, key: %7$s}]}
        store: {database: %1$s/lintel.db}
        logging: {level: warn}
        attendance: {enabled: true}
        cameras:
        %2$s
        doors:
          - id: main
            %8$s
            lock: {type: http, url: "http://127.0.0.1:%3$d/lock", pulse: 1s}
        delivery:
          pseudonym-key: %1$s/pseudonyms.key
          retry-to: 5s
          webhooks:
            - {name: house, url: "http://127.0.0.1:%3$d/hook", secret: "%4$s", names: full}
          mqtt: {host: 127.0.0.1, port: %5$d, names: full}
        %6$s
        """.formatted(
                folder, list.toString().stripTrailing(), house.port(), House.SECRET, ear.port(), extra, Box.KEY, door));
        box = new Box(config);
    }

    /** Decisions that the webhook has heard of. */
    List<House.Heard> decisions() {
        return house.hooks().stream()
                .filter(heard -> "decision".equals(heard.event().getString("kind")))
                .toList();
    }

    /** Everything that the box has recorded, by its own account, oldest first. */
    List<JsonObject> recorded() throws Exception {
        List<JsonObject> all = new ArrayList<>();
        String before = "";
        while (true) {
            JsonObject page = box.get("/events?limit=200" + before);
            JsonArray events = page.getJsonArray("events");
            events.forEach(event -> all.add(0, (JsonObject) event));
            if (events.isEmpty() || !page.getBoolean("more", false)) {
                return all;
            }
            before = "&before=" + all.get(0).getLong("sequence");
        }
    }

    interface Question {
        boolean holds() throws Exception;
    }

    /** Waits until something is so. */
    static void until(String what, Duration patience, Question question) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!question.holds()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(what + ": not within " + patience.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    static void rest(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
    }

    @Override
    public void close() throws Exception {
        box.close();
        cameras.forEach(MjpegServer::close);
        ear.close();
        house.close();
    }

    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
