package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.config.LintelConfig;
import dev.lintel.store.StoreConfig;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.VisionConfig;
import java.io.IOException;
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

        List<Finding> findings = new InstallationCheck(config).findings();

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
}
