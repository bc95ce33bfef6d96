package dev.lintel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The appliance as {@code scripts/lintel serve} starts it, in a process of its own whose memory can be read. */
final class Launched implements AutoCloseable {
    private final Process process;
    private final URI url;
    private final double startSeconds;

    private Launched(Process process, URI url, double startSeconds) {
        this.process = process;
        this.url = url;
        this.startSeconds = startSeconds;
    }

    static Launched start(Path data) throws IOException {
        return start(data, Map.of());
    }

    /** @param environment further variables */
    static Launched start(Path data, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("scripts/lintel", "serve").redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LINTEL_GATEWAY_PORT", "0");
        builder.environment().put("LINTEL_GATEWAY_TLS_ENABLED", "false");
        builder.environment()
                .put("LINTEL_STORE_DATABASE", data.resolve("bench.db").toString());
        builder.environment().put("LINTEL_LOGGING_LEVEL", "warn");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null || !line.startsWith("Lintel is ready at ")) {
            process.destroy();
            throw new IOException("the appliance did not start: " + line);
        }
        return new Launched(
                process, URI.create(line.substring("Lintel is ready at ".length())), (System.nanoTime() - start) / 1e9);
    }

    URI url() {
        return url;
    }

    double startSeconds() {
        return startSeconds;
    }

    /** A line of the kernel's account of the process's memory, such as {@code Rss} or {@code Private_Dirty}, in MiB. */
    double memory(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Processor time that it has used so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
