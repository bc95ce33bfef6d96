package dev.lintel.demo;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The appliance as {@code scripts/lintel serve} starts it, in a process of its own. */
final class Box implements AutoCloseable {
    /** A box with a lock serves nobody without one. */
    static final String KEY = "key-of-the-demonstration";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path config;
    private Process process;
    private URI url;

    /** @param config a file like {@code conf/lintel.yaml} */
    Box(Path config) throws IOException {
        this.config = config;
        start();
    }

    void start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("scripts/lintel", "serve").redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LINTEL_CONFIG", config.toString());
        process = builder.start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null || !line.startsWith("Lintel is ready at ")) {
            process.destroy();
            throw new IOException("the appliance did not start: " + line);
        }
        url = URI.create(line.substring("Lintel is ready at ".length()));
    }

    URI url() {
        return url;
    }

    void enrol(String label, Path image) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(url.resolve(
                                "/enroll?quality=accept&label=" + URLEncoder.encode(label, StandardCharsets.UTF_8)))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "image/jpeg")
                        .POST(HttpRequest.BodyPublishers.ofFile(image))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("enrolment answered " + answer.statusCode() + " " + answer.body());
        }
    }

    JsonObject get(String path) throws Exception {
        return new JsonObject(text(path));
    }

    /** Status and body of the answer, whatever they are. */
    String send(String method, String path, String json) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                json.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    String text(String path) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("X-API-Key", KEY)
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** A sample of {@code /metrics} by its full name with labels, or the sum of those that begin so. */
    double metric(String start) throws Exception {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** A line of the kernel's account of the process's memory, such as {@code Rss} or {@code Private_Dirty}, in MiB. */
    double memory(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.count();
        }
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(Double.NaN);
    }

    /** As a power cut does. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
