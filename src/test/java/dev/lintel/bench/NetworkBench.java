package dev.lintel.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.inference.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Times each network on each engine inside Java: the library that ships, not Python's. Every engine runs in a process of its own,
 * because what it chooses is chosen when it is loaded, and the processes take turns, so that a machine that slows down does so for
 * all of them. Beside the wall clock it prints the processor time of a run, which other programs on the machine disturb little.
 */
final class NetworkBench {
    private static final int ROUNDS = 3;
    private static final int FRAME_WIDTH = 640;
    private static final int FRAME_HEIGHT = 480;

    /** What is compared: a name, an engine, and TensorFlow's switch for oneDNN's kernels. */
    private record Contender(String name, Engine engine, String oneDnn, int threads) {}

    /** Of one network in one process: the fastest tenth and the median of the runs, and the processor time of one, in ms. */
    private record Times(double fastest, double median, double processor) {}

    private NetworkBench() {}

    /** In the parent: prints a table for each pack; one in ONNX runs on OpenCV whatever the engine. */
    static void run(List<Path> packs) throws IOException, InterruptedException {
        Map<Boolean, List<Path>> kinds = packs.stream()
                .collect(Collectors.partitioningBy(pack ->
                        ModelPack.describe(pack.resolve("manifest.yaml")).runtime() == ModelManifest.Runtime.ONNX));
        Map<Path, Map<Contender, List<Times>>> all = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            add(own(), kinds.get(false), all);
            add(List.of(new Contender("OpenCV DNN", Engine.LITE, "1", 1)), kinds.get(true), all);
        }
        all.forEach(NetworkBench::print);
    }

    private static List<Contender> own() {
        List<Contender> contenders = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            contenders.add(new Contender("TensorFlow, oneDNN", Engine.TENSORFLOW, "1", threads));
            contenders.add(new Contender("TensorFlow, its own kernels", Engine.TENSORFLOW, "0", threads));
            contenders.add(new Contender("TensorFlow Lite, XNNPACK", Engine.LITE, "1", threads));
        }
        return contenders;
    }

    private static void add(List<Contender> contenders, List<Path> packs, Map<Path, Map<Contender, List<Times>>> all)
            throws IOException, InterruptedException {
        if (packs.isEmpty()) {
            return;
        }
        for (Contender contender : contenders) {
            measured(contender, packs)
                    .forEach((pack, times) -> all.computeIfAbsent(pack, key -> new LinkedHashMap<>())
                            .computeIfAbsent(contender, key -> new ArrayList<>())
                            .add(times));
        }
    }

    private static void print(Path pack, Map<Contender, List<Times>> rows) {
        System.out.printf(
                Locale.ROOT,
                "%n| %s | threads | fastest tenth ms | median ms | processor ms | times the least |%n|---|---:|---:|---:|---:|---:|%n",
                pack.getFileName());
        double least = rows.values().stream()
                .mapToDouble(times -> least(times).processor())
                .min()
                .orElseThrow();
        rows.forEach((contender, times) -> {
            Times t = least(times);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f |%n",
                    contender.name(),
                    contender.threads(),
                    t.fastest(),
                    t.median(),
                    t.processor(),
                    t.processor() / least);
        });
    }

    /** Of several rounds the least of each figure: what the machine can do. */
    private static Times least(List<Times> rounds) {
        return new Times(
                rounds.stream().mapToDouble(Times::fastest).min().orElseThrow(),
                rounds.stream().mapToDouble(Times::median).min().orElseThrow(),
                rounds.stream().mapToDouble(Times::processor).min().orElseThrow());
    }

    private static Map<Path, Times> measured(Contender contender, List<Path> packs)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NetworkBench.class.getName(),
                contender.engine().name(),
                Integer.toString(contender.threads())));
        packs.forEach(pack -> command.add(pack.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TF_ENABLE_ONEDNN_OPTS", contender.oneDnn());
        Process process = builder.start();
        Map<Path, Times> measured = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] f = line.split("\t");
                measured.put(
                        Path.of(f[0]),
                        new Times(Double.parseDouble(f[1]), Double.parseDouble(f[2]), Double.parseDouble(f[3])));
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(contender + " ended with " + process.exitValue());
        }
        return measured;
    }

    /** In a child: engine, threads, packs. */
    public static void main(String[] arguments) {
        Engine engine = Engine.valueOf(arguments[0]);
        for (String pack : Arrays.asList(arguments).subList(2, arguments.length)) {
            ModelPack loaded = ModelPack.load(Path.of(pack), engine);
            try (Network network = loaded.open(Integer.parseInt(arguments[1]))) {
                Times t = time(network, loaded.manifest().input());
                System.out.printf(Locale.ROOT, "%s\t%f\t%f\t%f%n", pack, t.fastest(), t.median(), t.processor());
            }
        }
    }

    private static Times time(Network network, ModelManifest.Input input) {
        int width = input.width() == 0 ? FRAME_WIDTH : input.width();
        int height = input.height() == 0 ? FRAME_HEIGHT : input.height();
        byte[] noise = new byte[width * height * 3];
        new Random(1).nextBytes(noise);
        ByteBuffer picture = ByteBuffer.allocateDirect(noise.length).put(noise);
        for (int i = 0; i < 30; i++) {
            network.run(picture, 1, height, width);
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double[] times = new double[150];
        long before = system.getProcessCpuTime();
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            network.run(picture, 1, height, width);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        double processor = (system.getProcessCpuTime() - before) / 1e6 / times.length;
        Arrays.sort(times);
        return new Times(times[times.length / 20], times[times.length / 2], processor);
    }
}
