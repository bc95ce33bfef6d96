package dev.lintel.bench;

import dev.lintel.cli.Client;
import dev.lintel.store.people.SearchBench;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The box beside programs that do the same, in one run, turn by turn (A B A B), so that a machine that slows down does so for
 * both: a picture to an answer, on either engine, beside dlib's pipeline ({@code scripts/rivals/dlib_pipeline.cpp}, which {@code scripts/bench} builds),
 * exact search beside FAISS ({@code scripts/rivals/faiss_flat.py}). Ratios are printed with the processor time beside the wall clock, and
 * how much the turns of each differ: how noisy the machine was. What is not installed is left out, and the table says so.
 */
final class RivalBench {
    private static final int TURNS = 4;

    private static final Path FACE = Path.of("src/test/resources/faces/01-b.jpg");

    /**
     * Of one turn: the p50 of the wall clock and the processor time of one run, in ms.
     *
     * @param memory of all that is held in MiB; not a number where that is not asked
     */
    private record Turn(double wall, double processor, double memory) {}

    /** Whoever can be asked to do a thing so many times. */
    private interface Contender {
        Turn turn(String thing, int times) throws Exception;
    }

    /** A program that answers lines "THING TIMES" with "WALL PROCESSOR WHATEVER", and the memory behind it if it knows that. */
    private record Program(Process process, BufferedReader said, BufferedWriter told)
            implements Contender, AutoCloseable {
        static Program start(List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Program(
                    process, process.inputReader(StandardCharsets.UTF_8), process.outputWriter(StandardCharsets.UTF_8));
        }

        @Override
        public Turn turn(String thing, int times) throws IOException {
            told.write(thing + " " + times + "\n");
            told.flush();
            String line = said.readLine();
            if (line == null) {
                throw new IOException("the other program ended instead of answering for " + thing);
            }
            String[] numbers = line.split(" ");
            return new Turn(
                    Double.parseDouble(numbers[0]),
                    Double.parseDouble(numbers[1]),
                    numbers.length < 4 ? Double.NaN : Double.parseDouble(numbers[3]));
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private RivalBench() {}

    /**
     * @param dlib the built pipeline, or a path where there is none
     * @param python an interpreter that has faiss-cpu
     */
    static void run(Path data, Path dlib, String python) throws Exception {
        System.out.printf(
                "%n| | Lintel ms | the other ms | the other / Lintel | by processor time | turns of Lintel differ | of the other |%n|---|---:|---:|---:|---:|---:|---:|%n");
        pipeline(data, dlib);
        search(python);
    }

    private static void pipeline(Path data, Path dlib) throws Exception {
        if (!Files.isExecutable(dlib)) {
            System.out.println(
                    "| dlib's pipeline: left out, needs g++, libdlib-dev, libopenblas-dev and libjpeg-dev | | | | | | |");
            return;
        }
        Map<String, Contender> ours = new LinkedHashMap<>();
        try (Launched tensorflow =
                        Launched.start(Files.createDirectory(data.resolve("tensorflow")), engine("tensorflow"));
                Launched lite = Launched.start(Files.createDirectory(data.resolve("lite")), engine("lite"));
                Program other = Program.start(List.of(dlib.toString()))) {
            for (Launched box : List.of(tensorflow, lite)) {
                Client client = new Client(box.url(), null);
                Bench.enrolSome(client);
                Load.run(client, Pictures.jpeg(Pictures.CROP, FACE), 1, Bench.WARMING);
            }
            for (Pictures.Kind kind : List.of(Pictures.CROP, Pictures.FRAME, Pictures.PHOTO)) {
                byte[] image = Pictures.jpeg(kind, FACE);
                Path file = Files.write(data.resolve("picture.jpg"), image);
                ours.put("TensorFlow", identify(tensorflow, image));
                ours.put("Lite", identify(lite, image));
                for (Contender own : ours.values()) {
                    own.turn(kind.name(), 20);
                }
                compare(
                        "identify over HTTP, " + kind.name(),
                        ours,
                        40,
                        other,
                        file.toString(),
                        kind == Pictures.PHOTO ? 2 : 10);
            }
        }
    }

    private static Map<String, String> engine(String name) {
        return Map.of("LINTEL_INFERENCE_ENGINE", name);
    }

    private static Contender identify(Launched box, byte[] image) {
        Client client = new Client(box.url(), null);
        return (thing, times) -> {
            double used = box.cpuSeconds();
            double wall = Load.run(client, image, 1, times).at(0.50);
            return new Turn(wall, 1e3 * (box.cpuSeconds() - used) / times, Double.NaN);
        };
    }

    private static void search(String python) throws Exception {
        if (new ProcessBuilder(python, "-c", "import faiss")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                != 0) {
            System.out.println("| FAISS: left out, needs a Python with faiss-cpu (PYTHON=...) | | | | | | |");
            return;
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        try (Program ours = Program.start(List.of(
                        java,
                        "-Xmx3g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SearchBench.class.getName(),
                        "asked"));
                Program other = Program.start(List.of(python, "scripts/rivals/faiss_flat.py"))) {
            for (int size : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
                int times = Math.max(10, Math.min(5_000, 20_000_000 / size));
                String name =
                        String.format(Locale.ROOT, "exact search, %,d templates of 256 numbers, one thread", size);
                compare(name, Map.of("", ours), times, other, Integer.toString(size), times);
            }
        }
    }

    /** @param ours by what is said of each behind the name */
    private static void compare(
            String name, Map<String, Contender> ours, int times, Contender other, String thing, int otherTimes)
            throws Exception {
        Map<String, List<Turn>> own = new LinkedHashMap<>();
        List<Turn> others = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (Map.Entry<String, Contender> one : ours.entrySet()) {
                own.computeIfAbsent(one.getKey(), key -> new ArrayList<>())
                        .add(one.getValue().turn(thing, times));
            }
            others.add(other.turn(thing, otherTimes));
        }
        own.forEach((which, turns) -> print(which.isEmpty() ? name : name + ", on " + which, turns, others));
    }

    private static void print(String name, List<Turn> own, List<Turn> others) {
        double[] ratios = new double[TURNS];
        double[] processor = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            ratios[turn] = others.get(turn).wall() / own.get(turn).wall();
            processor[turn] = others.get(turn).processor() / own.get(turn).processor();
        }
        System.out.printf(
                Locale.ROOT,
                "| %s%s | %.3f | %.3f | %.2f | %.2f | %.0f %% | %.0f %% |%n",
                name,
                memory(own, others),
                middle(own.stream().mapToDouble(Turn::wall).toArray()),
                middle(others.stream().mapToDouble(Turn::wall).toArray()),
                middle(ratios),
                middle(processor),
                spread(own),
                spread(others));
        System.out.flush();
    }

    private static String memory(List<Turn> own, List<Turn> others) {
        double ours = own.get(TURNS - 1).memory();
        return Double.isNaN(ours)
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%.0f MiB; the other %.0f)",
                        ours,
                        others.get(TURNS - 1).memory());
    }

    private static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** By how many per cent the slowest turn is above the fastest. */
    private static double spread(List<Turn> turns) {
        double least = turns.stream().mapToDouble(Turn::wall).min().orElseThrow();
        double most = turns.stream().mapToDouble(Turn::wall).max().orElseThrow();
        return 100 * (most / least - 1);
    }
}
