package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.config.LintelConfig;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.models.ModelSet;
import dev.lintel.store.StoreConfig;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.VisionConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class InstallationCheckTest {

    @Test
    void shouldNameTheModelThatIsDamagedAndStartNothing(@TempDir Path home) throws IOException {
        Path vision = Files.createDirectories(home.resolve("landmarks"));
        for (String file : List.of("manifest.yaml", "model.pb", "model.tflite")) {
            Files.copy(Path.of("models/lintel-landmarks").resolve(file), vision.resolve(file));
        }
        Files.write(vision.resolve("model.pb"), new byte[] {1, 2, 3});
        LintelConfig config = Configs.of(LintelConfig.class);
        VisionConfig damaged = Configs.of(VisionConfig.class, "landmarks: " + Configs.quoted(vision.toString()));
        config = config.withModels(damaged, config.liveness(), config.embedding())
                .withGateway(Configs.gateway())
                .withStore(new StoreConfig(home.resolve("lintel.db"), 0L));

        List<Finding> findings = new InstallationCheck(config).findings(List.of());

        assertThat(findings)
                .filteredOn(f -> f.state() == Finding.State.FAIL)
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.subject()).isEqualTo("landmarks");
                    assertThat(f.detail()).contains(vision.toString());
                });
        assertThat(findings)
                .filteredOn(f -> f.state() == Finding.State.OK)
                .extracting(Finding::subject)
                .contains("detection", "embedding")
                .doesNotContain("natives");
        assertThat(findings)
                .filteredOn(f -> f.subject().equals("choice of embedder"))
                .singleElement()
                .satisfies(f -> assertThat(f.detail())
                        .contains(
                                "% of strangers pass",
                                "mobilefacenet misses ", "espdl-mbf misses ", "Apache-2.0", "not stated"));
    }

    @Test
    void shouldSayEachThingOnceBesideAnApplianceThatRuns(@TempDir Path home) throws IOException {
        try (SaysReady box = new SaysReady(List.of(
                "{'name': 'detection', 'ready': true, 'detail': 'another-detector 0.1 on TensorFlow, loaded and warm'}",
                "{'name': 'landmarks', 'ready': true, 'detail': '%s on TensorFlow, loaded and warm'}"
                        .formatted(landmarks()),
                "{'name': 'clock', 'ready': true, 'detail': 'not set', 'trouble': 'clock'}",
                "{'name': 'gallery', 'ready': true, 'detail': '1 person, 2 templates'}",
                "{'name': 'disk', 'ready': true, 'detail': '5 MiB free'}"))) {
            LintelConfig config = Configs.of(LintelConfig.class)
                    .withGateway(Configs.of(GatewayConfig.class, "port: " + box.port(), "tls: {enabled: false}"))
                    .withStore(new StoreConfig(home.resolve("lintel.db"), 0L));

            List<Finding> findings = new InstallationCheck(config).findings(List.of(Finding.ok("disk", "plenty")));

            assertThat(findings).extracting(Finding::subject).doesNotHaveDuplicates();
            assertThat(of("detection", findings).state()).isEqualTo(Finding.State.WARN);
            assertThat(of("detection", findings).detail()).contains("another-detector 0.1", "restart it");
            assertThat(of("landmarks", findings).detail()).endsWith("checksum as promised, loaded");
            assertThat(of("clock", findings).detail())
                    .as("the worse of the two")
                    .isEqualTo("not set");
            assertThat(of("gallery", findings).state()).isEqualTo(Finding.State.OK);
            assertThat(of("disk", findings).detail()).isEqualTo("plenty");
        }
    }

    private static Finding of(String subject, List<Finding> findings) {
        return findings.stream()
                .filter(f -> f.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    /** Name and version of the pack that is configured. */
    private static String landmarks() {
        LintelConfig config = Configs.of(LintelConfig.class);
        ModelManifest pack = new ModelSet(config.inference(), config.vision(), config.liveness(), config.embedding())
                .manifest(Task.LANDMARKS);
        return pack.id() + " " + pack.version();
    }

    /** Answers as a box does that runs. */
    private static final class SaysReady implements AutoCloseable {
        private final HttpServer server;

        SaysReady(List<String> components) throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            answer("/health", "{'status': 'ok'}");
            answer("/ready", "{'ready': true, 'components': [" + String.join(", ", components) + "]}");
            server.start();
        }

        private void answer(String path, String json) {
            byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            server.createContext(path, exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
