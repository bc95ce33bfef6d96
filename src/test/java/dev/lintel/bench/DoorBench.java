package dev.lintel.bench;

import static dev.lintel.bench.Bench.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long the real box takes to decide and record that a door opens, over HTTP, four times a second: alone, while a backup
 * is imported, and while one is exported. Each row is a line of a Markdown table.
 */
final class DoorBench {
    /** A box without keys asks for none, and looks at none. */
    private static final String KEY = "bench-0123456789abcdef0123456789";

    private static final int DIMENSION = 256;
    private static final int EVERY_MILLIS = 250;
    private static final int IDLE_DECISIONS = 160;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI box;

    private DoorBench(URI box) {
        this.box = box;
    }

    /**
     * The same on a box with a key, beside who attacks it from this machine.
     *
     * @param templates of the backup, one for each person
     */
    static void siege(Path data, int templates) throws Exception {
        Path config = Files.writeString(
                data.resolve("bench.yaml"),
                "doors:\n  - id: main\ngateway:\n  keys:\n    - {name: bench, role: admin, key: " + KEY + "}\n");
        Path backup = data.resolve("backup.json");
        try (Launched box = Launched.start(data, Map.of("LINTEL_CONFIG", config.toString()))) {
            DoorBench bench = new DoorBench(box.url());
            write(backup, bench.model(), templates);
            bench.decideWhile(System.nanoTime() + TimeUnit.SECONDS.toNanos(5), new CompletableFuture<>());
            print(
                    "| decisions of a door | p50 ms | p95 ms | longest ms | decisions | denied or not answered | meanwhile |%n|---|---:|---:|---:|---:|---:|---|%n");
            bench.row("idle", new CompletableFuture<>(), IDLE_DECISIONS);
            bench.row("under a flood of wrong keys", bench.inBackground(() -> Siege.wrongKeys(box.url())), 0);
            bench.row("beside 300 slow sockets", bench.inBackground(() -> Siege.slowSockets(box.url())), 0);
            bench.row(
                    "while " + templates + " templates are imported", bench.inBackground(() -> bench.load(backup)), 0);
            bench.row("while they are exported", bench.inBackground(bench::export), 0);
            bench.row(
                    "under all of it at once, and the same import again",
                    bench.inBackground(() -> {
                        Future<String> keys = bench.inBackground(() -> Siege.wrongKeys(box.url()));
                        Future<String> sockets = bench.inBackground(() -> Siege.slowSockets(box.url()));
                        return String.join("; ", bench.load(backup), bench.export(), keys.get(), sockets.get());
                    }),
                    0);
            print("%nResident after this: %.0f MiB.%n", box.memory("Rss"));
        }
    }

    /** @param templates of the backup, one for each person */
    static void run(Path data, int templates) throws Exception {
        Path config = Files.writeString(data.resolve("bench.yaml"), "doors:\n  - id: main\n");
        Path backup = data.resolve("backup.json");
        try (Launched box = Launched.start(data, Map.of("LINTEL_CONFIG", config.toString()))) {
            DoorBench bench = new DoorBench(box.url());
            String model = bench.model();
            write(backup, model, templates);
            bench.decideWhile(System.nanoTime() + TimeUnit.SECONDS.toNanos(5), new CompletableFuture<>());
            print(
                    "| decisions of a door | p50 ms | p95 ms | longest ms | decisions | denied or not answered | the backup |%n|---|---:|---:|---:|---:|---:|---|%n");
            bench.row("idle", new CompletableFuture<>(), IDLE_DECISIONS);
            bench.row(
                    "while " + templates + " templates are imported", bench.inBackground(() -> bench.load(backup)), 0);
            bench.row("while " + templates + " templates are exported", bench.inBackground(bench::export), 0);
            bench.row("idle, with these templates", new CompletableFuture<>(), IDLE_DECISIONS);
        }
    }

    private record Decisions(List<Double> millis, int denied) {}

    private interface Work {
        String run() throws Exception;
    }

    private Future<String> inBackground(Work work) {
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            long start = System.nanoTime();
            try {
                String what = work.run();
                done.complete("%s in %.1f s".formatted(what, (System.nanoTime() - start) / 1e9));
            } catch (Exception e) {
                done.complete("failed: " + e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void row(String name, Future<String> meanwhile, int decisions) throws Exception {
        long until = decisions == 0
                ? Long.MAX_VALUE
                : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos((long) decisions * EVERY_MILLIS);
        Decisions made = decideWhile(until, meanwhile);
        List<Double> sorted = made.millis.stream().sorted().toList();
        print(
                "| %s | %.1f | %.1f | %.1f | %d | %d | %s |%n",
                name,
                at(sorted, 0.50),
                at(sorted, 0.95),
                at(sorted, 1),
                sorted.size(),
                made.denied,
                meanwhile.isDone() ? meanwhile.get() : "");
    }

    /** Asks at fixed times, whether the answer before has come or not, so that a box that stands still counts in full. */
    private Decisions decideWhile(long until, Future<String> meanwhile) throws Exception {
        var timer = Executors.newSingleThreadScheduledExecutor();
        List<CompletableFuture<Double>> asked = new ArrayList<>();
        var asking = timer.scheduleAtFixedRate(
                () -> {
                    if (System.nanoTime() - until < 0 && !meanwhile.isDone()) {
                        asked.add(decide());
                    }
                },
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
        while (System.nanoTime() - until < 0 && !meanwhile.isDone()) {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
        asking.cancel(false);
        timer.shutdown();
        timer.awaitTermination(1, TimeUnit.MINUTES);
        List<Double> millis = new ArrayList<>();
        int denied = 0;
        for (CompletableFuture<Double> one : asked) {
            double time = one.get(1, TimeUnit.MINUTES);
            millis.add(Math.abs(time));
            denied += time < 0 ? 1 : 0;
        }
        return new Decisions(millis, denied);
    }

    /** Milliseconds; negative if the door did not open. */
    private CompletableFuture<Double> decide() {
        long start = System.nanoTime();
        return http.sendAsync(
                        request("/doors/main/unlock")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .handle((answer, failure) -> {
                    double millis = (System.nanoTime() - start) / 1e6;
                    return failure == null && granted(answer) ? millis : -millis;
                });
    }

    private boolean granted(HttpResponse<String> answer) {
        try {
            return answer.statusCode() == 200
                    && json.readTree(answer.body())
                            .path("decision")
                            .path("verdict")
                            .asText()
                            .equalsIgnoreCase("granted");
        } catch (IOException e) {
            return false;
        }
    }

    private String load(Path backup) throws Exception {
        HttpResponse<String> answer = http.send(
                request("/import")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofFile(backup))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + ", "
                + json.readTree(answer.body()).path("imported").asText("none") + " imported";
    }

    private String export() throws Exception {
        HttpResponse<Void> answer = http.send(request("/export").GET().build(), BodyHandlers.discarding());
        return answer.statusCode() + ", exported";
    }

    private String model() throws Exception {
        JsonNode version = json.readTree(http.send(request("/version").GET().build(), BodyHandlers.ofString())
                .body());
        for (JsonNode model : version.path("models")) {
            if (model.path("task").asText().equals("embedding")) {
                return model.path("id").asText();
            }
        }
        throw new IOException("no embedding model in " + version);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(box.resolve(path)).header("X-API-Key", KEY);
    }

    private static void write(Path file, String model, int templates) throws IOException {
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"format\":\"lintel-gallery-1\",\"templates\":[");
            ByteBuffer vector = ByteBuffer.allocate(DIMENSION * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < templates; i++) {
                vector.clear();
                for (int d = 0; d < DIMENSION; d++) {
                    vector.putFloat((float) random.nextGaussian());
                }
                out.write((i == 0 ? "" : ",")
                        + "{\"label\":\"Person %06d\",\"model_id\":\"%s\",\"created_at\":\"2026-01-01T00:00:00Z\",\"quality\":0.5,\"vector\":\"%s\"}"
                                .formatted(i, model, Base64.getEncoder().encodeToString(vector.array())));
            }
            out.write("],\"access\":[]}");
        }
    }

    private static double at(List<Double> sorted, double quantile) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }
}
