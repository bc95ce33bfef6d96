package dev.lintel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ModelPackTest {
    private static final Path SHIPPED = Path.of("models/lintel-embed");

    @TempDir
    Path folder;

    private String manifest;

    @BeforeEach
    void copyTheShippedPack() throws IOException {
        manifest = Files.readString(SHIPPED.resolve("manifest.yaml"));
        Files.writeString(folder.resolve("manifest.yaml"), manifest);
        Files.copy(SHIPPED.resolve("model.pb"), folder.resolve("model.pb"));
        Files.copy(SHIPPED.resolve("model.tflite"), folder.resolve("model.tflite"));
    }

    private static int dimension() {
        return ModelPack.load(SHIPPED, Engine.TENSORFLOW).manifest().output().dimension();
    }

    @TestFactory
    Stream<DynamicTest> everyShippedPackShouldLoadAndRun() throws IOException {
        List<Path> packs;
        try (Stream<Path> all = Files.list(Path.of("models"))) {
            packs = all.toList();
        }
        return packs.stream()
                .filter(pack -> pack.getFileName().toString().startsWith("lintel-"))
                .flatMap(pack -> Stream.of(Engine.values())
                        .map(engine -> DynamicTest.dynamicTest(pack.getFileName() + " on " + engine, () -> {
                            ModelPack loaded = ModelPack.load(pack, engine);
                            try (Network network = loaded.open(1)) {
                                assertThat(network).isNotNull();
                            }
                            assertThat(pack.resolve("CARD.md")).exists();
                            assertThat(loaded.manifest().licence()).startsWith("Apache-2.0");
                            assertThat(loaded.manifest().runtime()).hasToString(engine.toString());
                        })));
    }

    @Test
    void shouldRefuseAnAlteredGraph() throws IOException {
        byte[] graph = Files.readAllBytes(folder.resolve("model.pb"));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve("model.pb"), graph);

        assertRefused("model.pb: has SHA-256", "install the pack again");
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAnAlteredSecondGraphOnEitherEngine(Engine engine) throws IOException {
        byte[] graph = Files.readAllBytes(folder.resolve("model.tflite"));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve("model.tflite"), graph);

        assertThatThrownBy(() -> ModelPack.load(folder, engine))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.tflite: has SHA-256");
    }

    @Test
    void shouldSayHowAPackGetsAGraphForTheOtherEngine() throws IOException {
        PackFolder.writeManifest(folder, manifest.replaceFirst("(?m)^lite: .*\n", ""));

        assertThatThrownBy(() -> ModelPack.load(folder, Engine.LITE))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("manifest.yaml", "engine: tensorflow", "scripts/train/lite_export.py");
        assertThat(ModelPack.load(folder, Engine.TENSORFLOW).manifest().id()).isNotEmpty();
    }

    @Test
    void shouldRefuseAMissingGraph() throws IOException {
        Files.delete(folder.resolve("model.pb"));

        assertRefused("model.pb: not found", "Install the pack again");
    }

    @Test
    void shouldRefuseAFolderWithoutManifest() throws IOException {
        Files.delete(folder.resolve("manifest.yaml"));

        assertRefused("manifest.yaml: not found", "scripts/fetch-models");
    }

    @Test
    void shouldNameTheKeyOfAnUnknownTask() throws IOException {
        change("task: embedding", "task: astrology");

        assertRefused("manifest.yaml: task:", "EMBEDDING");
    }

    @Test
    void shouldNameAnUnknownKey() throws IOException {
        change("  multiple: 1", "  multiples: 1");

        assertRefused("input.multiples: unknown key", "multiple");
    }

    @Test
    void shouldNameAMissingKey() throws IOException {
        change("  dimension: " + dimension(), "");

        assertRefused("output.dimension: is missing");
    }

    @Test
    void shouldRefuseAFileOutsideTheFolder() throws IOException {
        change("file: model.pb", "file: ../model.pb");

        assertRefused("file: must name a file beside the manifest");
    }

    @Test
    void shouldRefuseAManifestThatIsNoYaml() throws IOException {
        Files.write(folder.resolve("manifest.yaml"), new byte[] {0, 1, 2, (byte) 0xff});

        assertRefused("manifest.yaml");
    }

    @Test
    void shouldRefuseAPackForAnotherTask() {
        assertThatThrownBy(() -> ModelPack.load(folder, Engine.TENSORFLOW, ModelManifest.Task.DETECTION))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("is a pack for embedding, not for detection");
    }

    @Test
    void shouldRefuseAWrongDimension() throws IOException {
        change("dimension: " + dimension(), "dimension: 64");

        assertThatThrownBy(() -> ModelPack.load(folder, Engine.TENSORFLOW).open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("model.pb", "embedding has " + dimension() + " values instead of 64");
    }

    @Test
    void shouldRefuseAnOutputThatTheGraphLacks() throws IOException {
        change("names: [embedding]", "names: [vector]");

        assertThatThrownBy(() -> ModelPack.load(folder, Engine.TENSORFLOW).open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("model.pb", "vector");
    }

    @Test
    void shouldRefuseAGeometryThatTheGraphLacks() throws IOException {
        change("width: 112", "width: 96");

        assertThatThrownBy(() -> ModelPack.load(folder, Engine.TENSORFLOW).open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("96x112");
    }

    @Test
    void shouldRefuseAFileThatIsNoGraph() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no graph at all");
        String onnx = PackFolder.mobileFaceNet();

        assertThatThrownBy(() -> ModelPack.load(PackFolder.write(folder.resolve("a"), text, onnx), Engine.TENSORFLOW)
                        .open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded as onnx");
        String tensorflow = onnx.replace("runtime: onnx", "runtime: tensorflow");
        assertThatThrownBy(
                        () -> ModelPack.load(PackFolder.write(folder.resolve("b"), text, tensorflow), Engine.TENSORFLOW)
                                .open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded as tensorflow");
        String lite = onnx.replace("runtime: onnx", "runtime: lite");
        assertThatThrownBy(() -> ModelPack.load(PackFolder.write(folder.resolve("c"), text, lite), Engine.TENSORFLOW)
                        .open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded as lite");
    }

    private void change(String from, String to) throws IOException {
        assertThat(manifest).contains(from);
        PackFolder.writeManifest(folder, manifest.replaceFirst(java.util.regex.Pattern.quote(from), to));
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> ModelPack.load(folder, Engine.TENSORFLOW))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(words);
    }
}
