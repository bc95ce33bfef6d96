package dev.lintel.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.inference.Engine;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.inference.ModelException;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.VisionConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ModelSetTest {
    @TempDir
    Path folder;

    /** The shipped packs, copied, so that a test can take their graphs away. */
    private ModelSet copies(Engine engine) throws IOException {
        for (String pack : List.of("lintel-detect", "lintel-landmarks", "lintel-embed", "lintel-live")) {
            Path copy = Files.createDirectories(folder.resolve(pack));
            for (String file : List.of("manifest.yaml", "model.pb", "model.tflite")) {
                Files.copy(Path.of("models").resolve(pack).resolve(file), copy.resolve(file));
            }
        }
        VisionConfig vision = Configs.with(
                Configs.of(VisionConfig.class),
                Map.of("model", folder.resolve("lintel-detect"), "landmarks", folder.resolve("lintel-landmarks")));
        return new ModelSet(
                new InferenceConfig(engine),
                vision,
                Configs.of(LivenessConfig.class).withModel(folder.resolve("lintel-live")),
                Configs.with(Configs.of(EmbeddingConfig.class), Map.of("model", folder.resolve("lintel-embed"))));
    }

    private void deleteGraphs() throws IOException {
        try (Stream<Path> packs = Files.list(folder)) {
            for (Path pack : packs.toList()) {
                Files.delete(pack.resolve("model.pb"));
                Files.delete(pack.resolve("model.tflite"));
            }
        }
    }

    @Test
    void shouldReadEachGraphOnceForVerifyingAndOpening() throws IOException {
        ModelSet packs = copies(Engine.TENSORFLOW);
        List<ModelManifest> verified =
                packs.tasks().stream().map(packs::manifest).toList();
        deleteGraphs();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        try (Models models = packs.open(new ApplianceMetrics(registry))) {
            assertThat(models.manifests()).isEqualTo(verified);
            assertThat(models.manifests())
                    .extracting(ModelManifest::task)
                    .containsExactly(Task.DETECTION, Task.LANDMARKS, Task.EMBEDDING, Task.LIVENESS);
            assertThat(registry.find("lintel.model").gauges())
                    .extracting(gauge -> gauge.getId().getTag("task"))
                    .containsExactlyInAnyOrder("detection", "landmarks", "embedding", "liveness");
        }
    }

    @Test
    void shouldRunAndNameTheEngineThatIsConfigured() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        try (Models models = copies(Engine.LITE).open(new ApplianceMetrics(registry))) {
            assertThat(models.manifests()).extracting(ModelManifest::runtime).containsOnly(ModelManifest.Runtime.LITE);
            assertThat(registry.find("lintel.model").gauges())
                    .extracting(gauge -> gauge.getId().getTag("runtime"))
                    .containsOnly("lite");
        }
    }

    @Test
    void shouldNameThePackThatIsMissing() throws IOException {
        ModelSet packs = copies(Engine.TENSORFLOW);
        deleteGraphs();

        assertThatThrownBy(() -> packs.open(ApplianceMetrics.unpublished()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(folder.resolve("lintel-detect").toString());
    }

    @Test
    void shouldHaveNoTaskForANetworkThatIsSwitchedOff() {
        ModelSet packs = new ModelSet(
                Configs.of(InferenceConfig.class),
                Configs.of(VisionConfig.class),
                Configs.of(LivenessConfig.class).withoutModel(),
                Configs.of(EmbeddingConfig.class));

        assertThat(packs.tasks()).containsExactly(Task.DETECTION, Task.LANDMARKS, Task.EMBEDDING);
    }
}
