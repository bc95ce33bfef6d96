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
    }

    private static int dimension() {
        return ModelPack.load(SHIPPED).manifest().output().dimension();
    }

    @TestFactory
    Stream<DynamicTest> everyShippedPackShouldLoadAndRun() throws IOException {
        List<Path> packs;
        try (Stream<Path> all = Files.list(Path.of("models"))) {
            packs = all.toList();
        }
        return packs.stream()
                .filter(pack -> pack.getFileName().toString().startsWith("lintel-"))
                .map(pack -> DynamicTest.dynamicTest(pack.getFileName().toString(), () -> {
                    ModelPack loaded = ModelPack.load(pack);
                    try (Network network = loaded.open(1)) {
                        assertThat(network).isNotNull();
                    }
                    assertThat(pack.resolve("CARD.md")).exists();
                    assertThat(loaded.manifest().licence()).isEqualTo("Apache-2.0");
                }));
    }

    @Test
    void shouldRefuseAnAlteredGraph() throws IOException {
        byte[] graph = Files.readAllBytes(folder.resolve("model.pb"));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve("model.pb"), graph);

        assertRefused("model.pb: has SHA-256", "install the pack again");
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
        assertThatThrownBy(() -> ModelPack.load(folder, ModelManifest.Task.DETECTION))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("is a pack for embedding, not for detection");
    }

    @Test
    void shouldRefuseAWrongDimension() throws IOException {
        change("dimension: " + dimension(), "dimension: 64");

        assertThatThrownBy(() -> ModelPack.load(folder).open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("model.pb", "embedding has " + dimension() + " values instead of 64");
    }

    @Test
    void shouldRefuseAnOutputThatTheGraphLacks() throws IOException {
        change("names: [embedding]", "names: [vector]");

        assertThatThrownBy(() -> ModelPack.load(folder).open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("model.pb", "vector");
    }

    @Test
    void shouldRefuseAGeometryThatTheGraphLacks() throws IOException {
        change("width: 112", "width: 96");

        assertThatThrownBy(() -> ModelPack.load(folder).open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("96x112");
    }

    @Test
    void shouldRefuseAFileThatIsNoGraph() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no graph at all");
        String onnx = PackFolder.mobileFaceNet();

        assertThatThrownBy(() -> ModelPack.load(PackFolder.write(folder.resolve("a"), text, onnx))
                        .open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded as onnx");
        String tensorflow = onnx.replace("runtime: onnx", "runtime: tensorflow");
        assertThatThrownBy(() -> ModelPack.load(PackFolder.write(folder.resolve("b"), text, tensorflow))
                        .open(1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded as tensorflow");
    }

    private void change(String from, String to) throws IOException {
        assertThat(manifest).contains(from);
        PackFolder.writeManifest(folder, manifest.replaceFirst(java.util.regex.Pattern.quote(from), to));
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> ModelPack.load(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(words);
    }
}
