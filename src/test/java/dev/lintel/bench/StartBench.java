package dev.lintel.bench;

import dev.lintel.cli.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the box takes from its start to ready, and the memory it then needs, on each engine, which take turns. With the archive of
 * loaded classes that {@code scripts/bench} has made for each.
 */
final class StartBench {
    private static final int TURNS = 4;
    private static final int IDENTIFICATIONS = 200;
    private static final List<String> WHAT = List.of(
            "start to ready, s",
            "processor time of it, s",
            "resident when ready, MiB",
            "of it private (dirty)",
            "resident after " + IDENTIFICATIONS + " identifications, MiB",
            "of it private (dirty)");

    private StartBench() {}

    static void run(Path data) throws Exception {
        Map<String, double[][]> measured = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (String engine : List.of("tensorflow", "lite")) {
                double[] values = once(Files.createDirectory(data.resolve(engine + turn)), engine);
                double[][] all = measured.computeIfAbsent(engine, key -> new double[WHAT.size()][TURNS]);
                for (int i = 0; i < values.length; i++) {
                    all[i][turn] = values[i];
                }
            }
        }
        Bench.print("| median of %d starts (least to most) | TensorFlow | Lite |%n|---|---:|---:|%n", TURNS);
        for (int i = 0; i < WHAT.size(); i++) {
            Bench.print(
                    "| %s | %s | %s |%n",
                    WHAT.get(i), text(measured.get("tensorflow")[i]), text(measured.get("lite")[i]));
        }
    }

    private static double[] once(Path data, String engine) throws Exception {
        Map<String, String> environment = Map.of(
                "LINTEL_INFERENCE_ENGINE",
                engine,
                "LINTEL_JAVA_OPTS",
                "-XX:SharedArchiveFile=" + Path.of("target", engine + ".jsa").toAbsolutePath());
        try (Launched box = Launched.start(data, environment)) {
            double[] values = new double[WHAT.size()];
            values[0] = box.startSeconds();
            values[1] = box.cpuSeconds();
            values[2] = box.memory("Rss");
            values[3] = box.memory("Private_Dirty");
            Client client = new Client(box.url(), null);
            Bench.enrolSome(client);
            Load.run(
                    client,
                    Pictures.jpeg(Pictures.CROP, Path.of("src/test/resources/faces/01-b.jpg")),
                    1,
                    IDENTIFICATIONS);
            values[4] = box.memory("Rss");
            values[5] = box.memory("Private_Dirty");
            return values;
        }
    }

    private static String text(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        String form = middle < 20 ? "%.1f (%.1f to %.1f)" : "%.0f (%.0f to %.0f)";
        return String.format(Locale.ROOT, form, middle, sorted[0], sorted[sorted.length - 1]);
    }
}
