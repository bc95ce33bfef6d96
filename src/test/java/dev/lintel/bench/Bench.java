package dev.lintel.bench;

import dev.lintel.Appliance;
import dev.lintel.cli.Client;
import dev.lintel.config.LintelConfig;
import dev.lintel.inference.Engine;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import dev.lintel.store.people.SearchBench;
import dev.lintel.testkit.Configs;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Measures the real appliance and prints Markdown: latency end to end at 1, 4 and 16 clients on each engine, latency of each stage,
 * exact search, start-up time and memory. Argument: requests for each row (default 200). Or {@code doors} and a number of
 * templates: see {@link DoorBench}; {@code siege} and such a number: the same under attack. Or {@code networks}, and packs if not
 * the shipped ones: see {@link NetworkBench}. Or {@code rivals}: see {@link RivalBench}. Or {@code start}: see {@link StartBench}. Or {@code compat} and a number of requests: the
 * compatible routes beside {@code /identify}, in turns. A request that the box puts off
 * with 503 is asked again after the time that the box names, and that time counts.
 */
public final class Bench {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static final int ROUNDS = 10;

    /** Identifications before anything counts: Java compiles what runs often, and is done after so many. */
    static final int WARMING = 3000;

    private static final List<Pictures.Kind> KINDS = List.of(Pictures.PHOTO, Pictures.FRAME, Pictures.CROP);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        boolean doors = arguments.length > 0 && arguments[0].equals("doors");
        boolean networks = arguments.length > 0 && arguments[0].equals("networks");
        boolean siege = arguments.length > 0 && arguments[0].equals("siege");
        boolean compat = arguments.length > 0 && arguments[0].equals("compat");
        boolean rivals = arguments.length > 0 && arguments[0].equals("rivals");
        boolean start = arguments.length > 0 && arguments[0].equals("start");
        boolean named = doors || networks || siege || compat || rivals || start;
        int requests = arguments.length > 0 && !named ? Integer.parseInt(arguments[0]) : 200;
        Path data = Files.createTempDirectory("lintel-bench");
        try {
            machine();
            if (networks) {
                List<String> chosen = List.of(arguments).subList(1, arguments.length);
                List<String> packs = chosen.isEmpty()
                        ? List.of(
                                "models/lintel-detect",
                                "models/lintel-landmarks",
                                "models/lintel-embed",
                                "models/lintel-live")
                        : chosen;
                NetworkBench.run(packs.stream().map(Path::of).toList());
                return;
            }
            if (start) {
                StartBench.run(data);
                return;
            }
            if (rivals) {
                RivalBench.run(data, Path.of(arguments[1]), arguments[2]);
                return;
            }
            if (compat) {
                compat(data, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200);
                return;
            }
            if (siege) {
                DoorBench.siege(data, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000);
                return;
            }
            if (doors) {
                DoorBench.run(data, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000);
                return;
            }
            for (Engine engine : Engine.values()) {
                endToEnd(Files.createDirectory(data.resolve(engine.toString())), engine, requests);
            }
            for (Engine engine : Engine.values()) {
                stages(data, engine, Math.max(20, requests / 2));
            }
            search(Math.max(50, requests));
        } finally {
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void machine() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        print(
                "Machine: %s, %d cores, Java %s; load average before the run %s.%n%n",
                cpu,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static void endToEnd(Path data, Engine engine, int requests) throws Exception {
        try (Launched box = Launched.start(data, Map.of("LINTEL_INFERENCE_ENGINE", engine.toString()))) {
            double rssAtStart = box.memory("Rss");
            double startCpu = box.cpuSeconds();
            Client client = new Client(box.url(), null);
            enrolSome(client);
            Load.run(client, Pictures.jpeg(Pictures.CROP, FACES.resolve("01-b.jpg")), 1, WARMING);
            print(
                    "%n| identify, on " + engine
                            + " | clients | p50 ms | p95 ms | p99 ms | per second | put off (503) |%n|---|---:|---:|---:|---:|---:|---:|%n");
            for (Pictures.Kind kind : KINDS) {
                byte[] image = Pictures.jpeg(kind, FACES.resolve("01-b.jpg"));
                Load.run(client, image, 2, 20);
                for (int clients : new int[] {1, 4, 16}) {
                    long before = client.putOff();
                    Load.Result r = Load.run(client, image, clients, Math.max(requests, clients));
                    print(
                            "| %s | %d | %.1f | %.1f | %.1f | %.1f | %d |%n",
                            kind.name(),
                            clients,
                            r.at(0.50),
                            r.at(0.95),
                            r.at(0.99),
                            r.perSecond(),
                            client.putOff() - before);
                }
            }
            print("%n| start and memory, on " + engine + " | |%n|---|---:|%n");
            print("| start to ready | %.1f s (%.1f s of processor time) |%n", box.startSeconds(), startCpu);
            print("| resident when ready | %.0f MiB |%n", rssAtStart);
            print("| resident after this run | %.0f MiB |%n", box.memory("Rss"));
            print("| of it private (dirty) | %.0f MiB |%n", box.memory("Private_Dirty"));
        }
    }

    /** Ten rounds, in each of which every route has its turn, the first one changing, so that no route has the quieter minutes. */
    private static void compat(Path data, int requests) throws Exception {
        List<String> routes = List.of("/identify", "/api/v1/recognition/recognize", "/v1/vision/face/recognize");
        Map<String, String> both = Map.of("LINTEL_COMPAT_COMPREFACE", "true", "LINTEL_COMPAT_DEEPSTACK", "true");
        try (Launched box = Launched.start(data, both)) {
            Client client = new Client(box.url(), null);
            enrolSome(client);
            print("| picture | clients | route | p50 ms | p95 ms | per second |%n|---|---:|---|---:|---:|---:|%n");
            for (Pictures.Kind kind : KINDS) {
                List<Path> form =
                        List.of(Files.write(data.resolve("probe.jpg"), Pictures.jpeg(kind, FACES.resolve("01-b.jpg"))));
                for (int clients : new int[] {1, 4}) {
                    Map<String, Load.Result> measured = new LinkedHashMap<>();
                    for (String route : routes) {
                        Load.run(() -> client.upload(route, Map.of(), form).orFail(), clients, 20);
                    }
                    for (int round = 0; round < ROUNDS; round++) {
                        for (int turn = 0; turn < routes.size(); turn++) {
                            String route = routes.get((round + turn) % routes.size());
                            measured.merge(
                                    route,
                                    Load.run(
                                            () -> client.upload(route, Map.of(), form)
                                                    .orFail(),
                                            clients,
                                            Math.max(clients, requests / ROUNDS)),
                                    Load.Result::and);
                        }
                    }
                    for (String route : routes) {
                        Load.Result r = measured.get(route);
                        print(
                                "| %s | %d | `%s` | %.1f | %.1f | %.1f |%n",
                                kind.name(), clients, route, r.at(0.50), r.at(0.95), r.perSecond());
                    }
                }
            }
        }
    }

    /** In this process, one client, so that the box's own timers can be read in full. */
    private static void stages(Path data, Engine engine, int requests) throws Exception {
        stages(data, engine, Pictures.CROP, WARMING);
        print("%n| stage, one client, on " + engine
                + " | picture | p50 ms | p95 ms | p99 ms |%n|---|---|---:|---:|---:|%n");
        for (Pictures.Kind kind : KINDS) {
            stages(data, engine, kind, requests)
                    .forEach((stage, p) ->
                            print("| %s | %s | %.1f | %.1f | %.1f |%n", stage, kind.name(), p[0], p[1], p[2]));
        }
    }

    /** p50, p95 and p99 in milliseconds of each stage, of the whole request, and of what is no stage: HTTP, bus, JSON. */
    private static Map<String, double[]> stages(Path data, Engine engine, Pictures.Kind kind, int requests)
            throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new Percentiles());
        LintelConfig config =
                Configs.with(Configs.box(data.resolve("bench.db")), Map.of("inference", new InferenceConfig(engine)));
        Map<String, double[]> measured = new LinkedHashMap<>();
        try (Appliance box = Appliance.start(config, registry)) {
            Client client = new Client(box.url(), null);
            byte[] image = Pictures.jpeg(kind, FACES.resolve("01-b.jpg"));
            Load.run(client, image, 1, 10);
            double[] whole = new double[requests];
            double[] rest = new double[requests];
            for (int i = 0; i < requests; i++) {
                double before = inStages(registry);
                whole[i] = Load.run(client, image, 1, 1).at(1);
                rest[i] = whole[i] - (inStages(registry) - before);
            }
            for (Stage stage : Stage.values()) {
                measured.put(
                        name(stage),
                        Stream.of(registry.find("lintel.stage")
                                        .tag("stage", name(stage))
                                        .timer()
                                        .takeSnapshot()
                                        .percentileValues())
                                .mapToDouble(value -> value.value(TimeUnit.MILLISECONDS))
                                .toArray());
            }
            measured.put("HTTP, bus, JSON", quantiles(rest));
            measured.put("whole request", quantiles(whole));
        }
        return measured;
    }

    private static double inStages(PrometheusMeterRegistry registry) {
        return registry.find("lintel.stage").timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private static double[] quantiles(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return DoubleStream.of(0.50, 0.95, 0.99)
                .map(q -> sorted[(int) Math.ceil(q * sorted.length) - 1])
                .toArray();
    }

    private static void search(int searches) {
        print("%n| exact search, templates | p50 ms | p95 ms | p99 ms |%n|---:|---:|---:|---:|%n");
        for (SearchBench.Row row : SearchBench.measure(searches, 1_000, 10_000, 100_000)) {
            print("| %,d | %.2f | %.2f | %.2f |%n", row.size(), row.p50(), row.p95(), row.p99());
        }
    }

    static void enrolSome(Client client) throws IOException {
        try (Stream<Path> faces = Files.list(FACES)) {
            for (Path face :
                    faces.filter(f -> f.toString().endsWith("-a.jpg")).sorted().toList()) {
                client.upload(
                                "/enroll",
                                Map.of(
                                        "label",
                                        face.getFileName().toString(),
                                        "duplicate",
                                        "allow",
                                        "quality",
                                        "accept"),
                                List.of(face))
                        .orFail();
            }
        }
    }

    static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    /** Lets the stage timers keep percentiles of everything they saw. */
    private static final class Percentiles implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            return id.getName().equals("lintel.stage")
                    ? DistributionStatisticConfig.builder()
                            .percentiles(0.5, 0.95, 0.99)
                            .percentilePrecision(3)
                            .expiry(Duration.ofHours(1))
                            .bufferLength(1)
                            .build()
                            .merge(config)
                    : config;
        }
    }
}
