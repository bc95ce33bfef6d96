package dev.lintel.demo;

import dev.lintel.camera.MjpegServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** See {@code scripts/demo}. */
public final class Demo {
    private static final PrintStream OUT = System.out;
    static final String FACE = "10-a.jpg";
    static final String ANNA = "Anna";

    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        String what = arguments.length == 0 ? "walk" : arguments[0];
        Path folder = Files.createTempDirectory("lintel-demo");
        boolean understood = true;
        int end = 0;
        try {
            switch (what) {
                case "walk" -> walk(folder);
                case "attack" -> attack(folder, number(arguments, 1, 10));
                case "swap" -> Scenes.swap(folder, number(arguments, 1, 10));
                case "night" -> Scenes.night(folder, number(arguments, 1, 10));
                case "relay" -> Scenes.relay(folder);
                case "keyframes" -> Scenes.keyframes(folder);
                case "shift" -> Scenes.shift(folder);
                case "visits" -> visits(folder, number(arguments, 1, 30));
                case "cameras" -> cameras(folder, number(arguments, 1, 4));
                case "idle" -> idle(folder, number(arguments, 1, 30));
                case "trouble" -> trouble(folder, number(arguments, 1, 60));
                case "soak" -> soak(folder, number(arguments, 1, 60));
                case "films" -> {
                    understood = arguments.length > 2;
                    if (understood) {
                        films(folder, Path.of(arguments[1]), Path.of(arguments[2]), number(arguments, 3, 5));
                    }
                }
                default -> understood = false;
            }
        } catch (Wrong | TimeoutException wrong) {
            OUT.println("WRONG: " + wrong.getMessage());
            end = 1;
        } catch (Exception broken) {
            // Threads of relays and cameras would keep the program from ending.
            broken.printStackTrace();
            end = 1;
        } finally {
            Stage.delete(folder);
        }
        if (!understood) {
            OUT.println(
                    "usage: demo [walk | attack [VISITS] | swap [VISITS] | night [VISITS] | relay | keyframes | shift | visits [N] | cameras [N] | idle [SECONDS] | trouble [SECONDS] |"
                            + " soak [MINUTES] | films LIVE ATTACK [VISITS]]");
        }
        System.exit(understood ? end : 2); // the relay's and the cameras' threads have nothing left to do
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    /** What a scene had to show and did not. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String what) {
            super(what);
        }
    }

    /** Says what is so; ends the demonstration with 1 if it is not. */
    static void expect(boolean so, String what) {
        if (!so) {
            throw new Wrong("not so: " + what);
        }
        OUT.println("right: " + what);
    }

    static void enrol(Box box) throws Exception {
        for (String photo : new String[] {FACE, "10-b.jpg"}) {
            box.enrol(ANNA, Path.of("src/test/resources/faces/" + photo));
        }
    }

    /** One person walks up once: the whole chain, step by step. */
    private static void walk(Path folder) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.walkUp(folder.resolve("clip"), FACE, false, 6)), "")) {
            enrol(stage.box);
            OUT.println("enrolled; the camera looks into a corridor, somebody walks up");
            try {
                Stage.until(
                        "an open door",
                        Duration.ofSeconds(60),
                        () -> !stage.house.pulses().isEmpty());
            } catch (TimeoutException e) {
                OUT.println("the door stayed shut; what the box says:");
                stage.decisions().forEach(heard -> OUT.println(heard.event().encode()));
                OUT.println(stage.box.text("/cameras"));
                throw e;
            }
            Stage.until("a webhook", Duration.ofSeconds(20), () -> granted(stage) != null);
            Stage.until(
                    "an MQTT message",
                    Duration.ofSeconds(20),
                    () -> stage.ear.events().stream()
                            .anyMatch(e -> "decision".equals(e.event().getString("kind"))));
            JsonObject decision = granted(stage).event();
            OUT.println("decision    " + decision.getJsonObject("decision").encode());
            OUT.println("relay       called "
                    + between(
                            decision.getString("seen_at"), stage.house.pulses().get(0)) + " ms after the decision");
            OUT.println("webhook     "
                    + between(decision.getString("seen_at"), granted(stage).at()) + " ms after it, signature right");
            OUT.println(
                    "attendance  " + stage.box.text("/attendance/day?date=" + LocalDate.now(ZoneId.systemDefault())));
            try (Screen screen = new Screen(folder, stage.box.url().resolve("#log"))) {
                expect(screen.shows(ANNA), "the page shows her");
                OUT.println("page        " + screen.picture(Path.of("target", "demo.png")));
            }
            OUT.println("pulses " + stage.house.pulses().size() + ", decisions "
                    + stage.decisions().size() + ", forged webhooks "
                    + stage.house.forged().size());
        }
    }

    private static House.Heard granted(Stage stage) {
        return stage.decisions().stream()
                .filter(heard ->
                        "granted".equals(heard.event().getJsonObject("decision").getString("verdict")))
                .findFirst()
                .orElse(null);
    }

    private static long between(String from, Instant to) {
        return Duration.between(Instant.parse(from), to).toMillis();
    }

    private static JsonObject sighting(JsonObject event) {
        return event.getJsonObject("decision").getJsonObject("sighting");
    }

    /** The flat twin of an enrolled person walks up again and again; the door must stay shut. */
    private static void attack(Path folder, int visits) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.walkUp(folder.resolve("clip"), FACE, true, 4)), "")) {
            enrol(stage.box);
            Stage.until(
                    "decisions",
                    Duration.ofSeconds(60 + 20L * visits),
                    () -> stage.decisions().size() >= visits);
            tally(stage);
            expect(stage.house.pulses().isEmpty(), "the door stayed shut");
        }
    }

    /** A film of somebody, who is enrolled from its middle, and a film of an attack, again and again at the same door. */
    private static void films(Path folder, Path live, Path attack, int visits) throws Exception {
        List<Path> photos = Clip.frames(Clip.film(folder.resolve("photos"), live, 0));
        Path photo = photos.get(photos.size() / 2);
        for (Path film : List.of(live, attack)) {
            Path room = Files.createTempDirectory(folder, "box");
            Path seen = Clip.film(room.resolve("clip"), film, 4);
            double length = Clip.frames(seen).size() / Clip.FPS;
            try (Stage stage = new Stage(room, List.of(seen), "")) {
                stage.box.enrol(ANNA, photo);
                Instant enrolled = Instant.now();
                OUT.println(film.getFileName() + ":");
                Stage.rest(10 + visits * length);
                tally(stage);
                double[] ms = decided(stage, enrolled);
                OUT.printf(
                        Locale.ROOT,
                        "first usable view to decision: p50 %.0f ms, p95 %.0f ms%n",
                        at(ms, 0.5),
                        at(ms, 0.95));
            }
        }
    }

    static void tally(Stage stage) {
        Map<String, Long> by = stage.decisions().stream()
                .map(House.Heard::event)
                .collect(Collectors.groupingBy(
                        e -> e.getJsonObject("decision").getString("verdict") + " by "
                                + e.getJsonObject("decision").getString("rule") + ", "
                                + sighting(e).getString("identity") + ", "
                                + sighting(e).getJsonObject("liveness").getString("state"),
                        Collectors.counting()));
        by.forEach((what, count) -> OUT.println(count + " x " + what));
        OUT.println("door pulses " + stage.house.pulses().size());
    }

    /** From the first usable view to knowing who it is, and to a decision that also knows that they are live. */
    private static void visits(Path folder, int visits) throws Exception {
        Path clip = Clip.walkUp(folder.resolve("clip"), FACE, false, 4);
        OUT.println("| ms | visits | p50 | p95 | most |");
        OUT.println("|---|---|---|---|---|");
        try (Stage stage = new Stage(
                Files.createDirectory(folder.resolve("who")), List.of(clip), "tracking: {wait-for-liveness: 0s}")) {
            row("first usable view to who it is", decided(stage, visit(stage, visits)));
        }
        try (Stage stage = new Stage(Files.createDirectory(folder.resolve("live")), List.of(clip), "")) {
            Instant enrolled = visit(stage, visits);
            List<Instant> pulses = stage.house.pulses();
            double[] relay = stage.decisions().stream()
                    .map(House.Heard::event)
                    .filter(e -> "granted".equals(e.getJsonObject("decision").getString("verdict")))
                    .mapToDouble(e -> pulses.stream()
                            .mapToDouble(p -> between(e.getString("seen_at"), p))
                            .filter(ms -> ms >= 0)
                            .min()
                            .orElse(Double.NaN))
                    .sorted()
                    .toArray();
            row("first usable view to decision, proven live", decided(stage, enrolled));
            row("decision to relay call", relay);
            tally(stage);
        }
    }

    private static Instant visit(Stage stage, int visits) throws Exception {
        enrol(stage.box);
        Instant enrolled = Instant.now();
        Stage.until("visits", Duration.ofSeconds(60 + 25L * visits), () -> decided(stage, enrolled).length >= visits);
        return enrolled;
    }

    /**
     * From the first usable view to each visit's first decision, in milliseconds. What is said later, that somebody now is
     * proven live, comes on top; who was in view before that moment could not be recognised yet.
     */
    private static double[] decided(Stage stage, Instant from) {
        return stage.decisions().stream()
                .map(House.Heard::event)
                .filter(e -> Instant.parse(sighting(e).getString("usable")).isAfter(from))
                .collect(Collectors.toMap(
                        e -> sighting(e).getString("usable"),
                        e -> between(sighting(e).getString("usable"), Instant.parse(e.getString("seen_at"))),
                        Math::min))
                .values()
                .stream()
                .mapToDouble(ms -> ms)
                .sorted()
                .toArray();
    }

    private static void row(String name, double[] sorted) {
        OUT.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f |%n",
                name,
                sorted.length,
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    /** Frames a second that are analysed, and what that costs, with one camera and with several. */
    private static void cameras(Path folder, int most) throws Exception {
        Path clip = Clip.walkUp(folder.resolve("clip"), FACE, false, 2);
        OUT.println("| cameras | frames analysed a second, all together | processor, cores |");
        OUT.println("|---|---|---|");
        for (int count : new int[] {1, most}) {
            Path room = Files.createDirectory(folder.resolve("box-" + count));
            try (Stage stage = new Stage(
                    room, IntStream.range(0, count).mapToObj(i -> clip).toList(), "")) {
                enrol(stage.box);
                Stage.rest(15);
                double frames = stage.box.metric("lintel_camera_frames_total{");
                double analysed = analysed(stage.box);
                double cpu = stage.box.cpuSeconds();
                Stage.rest(40);
                OUT.printf(
                        Locale.ROOT,
                        "| %d | %.1f (of %.1f read) | %.2f |%n",
                        count,
                        (analysed(stage.box) - analysed) / 40,
                        (stage.box.metric("lintel_camera_frames_total{") - frames) / 40,
                        (stage.box.cpuSeconds() - cpu) / 40);
            }
        }
    }

    private static double analysed(Box box) throws Exception {
        return box.metric("lintel_camera_analysis_seconds_count{");
    }

    /** What an empty corridor costs. */
    private static void idle(Path folder, int seconds) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.empty(folder.resolve("clip"))), "")) {
            enrol(stage.box);
            Stage.rest(30);
            double cpu = stage.box.cpuSeconds();
            double analysed = analysed(stage.box);
            Stage.rest(seconds);
            OUT.printf(
                    Locale.ROOT,
                    "nothing moves: %.3f cores over %d s at 640x480, 15 frames/s, %.1f frames/s analysed%n",
                    (stage.box.cpuSeconds() - cpu) / seconds,
                    seconds,
                    (analysed(stage.box) - analysed) / seconds);
        }
    }

    /** Everything around the box fails in turn, and the box itself is killed in between. Nothing may be lost or doubled. */
    private static void trouble(Path folder, int seconds) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.walkUp(folder.resolve("clip"), FACE, false, 4)), "")) {
            enrol(stage.box);
            Stage.until(
                    "a first decision",
                    Duration.ofSeconds(60),
                    () -> !stage.decisions().isEmpty());
            camera(stage, "killed", MjpegServer.Behaviour.DROP);
            camera(stage, "frozen", MjpegServer.Behaviour.FREEZE);
            camera(stage, "silent", MjpegServer.Behaviour.STALL);
            OUT.println("webhook target and broker are down for " + seconds + " s; the box is killed in the middle");
            stage.house.fall();
            stage.ear.fall();
            Stage.rest(seconds / 2.0);
            stage.box.kill();
            stage.box.start();
            Stage.rest(seconds / 2.0);
            stage.house.rise();
            stage.ear.rise();
            stage.cameras.get(0).become(MjpegServer.Behaviour.STALL);
            Stage.rest(20);
            List<JsonObject> recorded = stage.recorded();
            account("webhook", recorded, stage.house.hooks());
            account("MQTT", recorded, stage.ear.events());
        }
    }

    private static void camera(Stage stage, String what, MjpegServer.Behaviour behaviour) throws Exception {
        long before = stage.house.hooks().size();
        Instant start = Instant.now();
        stage.cameras.get(0).become(behaviour);
        Stage.until("camera_lost", Duration.ofSeconds(30), () -> heard(stage, before, "camera_lost") > 0);
        double lost = Duration.between(start, Instant.now()).toMillis() / 1e3;
        Stage.rest(10);
        start = Instant.now();
        stage.cameras.get(0).become(MjpegServer.Behaviour.PLAY);
        Stage.until("camera_back", Duration.ofSeconds(60), () -> heard(stage, before, "camera_back") > 0);
        double back = Duration.between(start, Instant.now()).toMillis() / 1e3;
        long decided = stage.decisions().size();
        Stage.until(
                "a decision after it",
                Duration.ofSeconds(60),
                () -> stage.decisions().size() > decided);
        OUT.printf(
                Locale.ROOT,
                "stream %s: told of after %.1f s, back %.1f s after its return, %d lost and %d back events%n",
                what,
                lost,
                back,
                heard(stage, before, "camera_lost"),
                heard(stage, before, "camera_back"));
    }

    private static long heard(Stage stage, long from, String kind) {
        return stage.house.hooks().stream()
                .skip(from)
                .filter(heard -> kind.equals(heard.event().getString("kind")))
                .count();
    }

    private static void account(String who, List<JsonObject> recorded, List<House.Heard> heard) {
        List<Long> sequences =
                heard.stream().map(h -> h.event().getLong("sequence")).toList();
        List<Long> wanted =
                recorded.stream().map(event -> event.getLong("sequence")).toList();
        long lost = wanted.stream().filter(s -> !sequences.contains(s)).count();
        long again = sequences.size() - sequences.stream().distinct().count();
        List<Long> first = sequences.stream().distinct().toList();
        boolean ordered = IntStream.range(1, first.size()).allMatch(i -> first.get(i) > first.get(i - 1));
        double late = heard.stream()
                .mapToDouble(h -> Duration.between(Instant.parse(h.event().getString("at")), h.at())
                                .toMillis()
                        / 1e3)
                .max()
                .orElse(0);
        OUT.printf(
                Locale.ROOT,
                "%s: %d recorded, %d lost, %d heard more than once (with the same id), in order: %s, latest %.1f s late%n",
                who,
                wanted.size(),
                lost,
                again,
                ordered,
                late);
    }

    /** Memory and descriptors over a long time on a looped stream. */
    private static void soak(Path folder, int minutes) throws Exception {
        try (Stage stage = new Stage(folder, List.of(Clip.walkUp(folder.resolve("clip"), FACE, false, 4)), "")) {
            enrol(stage.box);
            OUT.println("| minute | resident MiB | private MiB | Java heap in use MiB | descriptors | decisions |");
            OUT.println("|---|---|---|---|---|---|");
            List<double[]> samples = new ArrayList<>();
            for (int minute = 0; minute <= minutes; minute++) {
                if (minute > 0) {
                    Stage.rest(60);
                }
                double[] sample = {
                    minute,
                    stage.box.memory("Rss"),
                    stage.box.memory("Private_Dirty"),
                    stage.box.metric("jvm_memory_used_bytes{area=\"heap\"") / 1048576,
                    stage.box.descriptors(),
                    stage.decisions().size()
                };
                samples.add(sample);
                OUT.printf(
                        Locale.ROOT,
                        "| %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                        Arrays.stream(sample).boxed().toArray());
            }
            List<double[]> warm = samples.subList(samples.size() / 3, samples.size());
            OUT.printf(
                    Locale.ROOT,
                    "slope over the last two thirds: resident %+.2f MiB/h, private %+.2f MiB/h, descriptors %+.2f/h%n",
                    slope(warm, 1),
                    slope(warm, 2),
                    slope(warm, 4));
        }
    }

    /** Least squares, by hour. */
    private static double slope(List<double[]> samples, int column) {
        double t = samples.stream().mapToDouble(s -> s[0]).average().orElse(0);
        double y = samples.stream().mapToDouble(s -> s[column]).average().orElse(0);
        return 60
                * samples.stream()
                        .mapToDouble(s -> (s[0] - t) * (s[column] - y))
                        .sum()
                / Math.max(
                        1e-9,
                        samples.stream()
                                .mapToDouble(s -> (s[0] - t) * (s[0] - t))
                                .sum());
    }
}
