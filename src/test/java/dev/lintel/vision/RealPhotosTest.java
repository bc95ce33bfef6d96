package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.face.EncodedImage;
import dev.lintel.metrics.ApplianceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos beside the project, which are not part of it; skipped where they are absent. */
class RealPhotosTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({"faces/people", "faces/strangers", "portraits", "spoof/real", "spoof/fake"})
    void shouldFindTheFaceInTheMiddleAndFindItGoodEnough(String name) throws IOException {
        Path folder = Path.of("../shared").resolve(name);
        assumeThat(folder).as("test photos beside the project").exists();
        List<Path> photos;
        try (Stream<Path> files = Files.walk(folder)) {
            photos = files.filter(f -> f.toString().matches(".*\\.(jpg|png)"))
                    .sorted()
                    .toList();
        }
        int found = 0;
        int good = 0;
        try (FaceReader reader =
                FaceReader.open(VisionConfig.defaults(), new ApplianceMetrics(new SimpleMeterRegistry()))) {
            for (Path photo : photos) {
                SeenImage image =
                        reader.read(new EncodedImage(Files.readAllBytes(photo))).fold(i -> i, refusal -> null);
                if (image != null && fromMiddle(image, central(image)) < 0.3 && image.rotation() == 0) {
                    found++;
                    good += central(image).quality().acceptable() ? 1 : 0;
                }
            }
        }
        assertThat(found).as("of %d", photos.size()).isGreaterThanOrEqualTo((int) Math.floor(0.98 * photos.size()));
        assertThat(good).as("of %d", photos.size()).isGreaterThanOrEqualTo((int) Math.floor(0.94 * photos.size()));
    }

    private static SeenFace central(SeenImage image) {
        return image.faces().stream()
                .min(Comparator.comparingDouble(face -> fromMiddle(image, face)))
                .orElseThrow();
    }

    /** As a share of the longer side. */
    private static double fromMiddle(SeenImage image, SeenFace face) {
        double dx = face.box().centreX() - image.width() / 2.0;
        double dy = face.box().centreY() - image.height() / 2.0;
        return Math.hypot(dx, dy) / Math.max(image.width(), image.height());
    }
}
