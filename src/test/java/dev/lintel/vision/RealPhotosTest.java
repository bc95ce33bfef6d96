package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.face.EncodedImage;
import dev.lintel.testkit.ShippedModels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos beside the project, which are not part of it; skipped where they are absent. */
@Tag("slow")
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
        try (FaceReader reader = ShippedModels.reader()) {
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

    /** A photo of a person, reduced so that the face has this size, somewhere in a large photo of nothing else. */
    @ParameterizedTest(name = "a face of {2} pixels in {0}x{1}")
    @CsvSource({"4000, 3000, 60", "4000, 3000, 100", "1920, 1080, 40"})
    void shouldFindPeopleFarOffInLargePhotos(int width, int height, int size) throws IOException {
        Path folder = Path.of("../shared/faces/strangers");
        assumeThat(folder).as("test photos beside the project").exists();
        List<Path> photos;
        try (Stream<Path> files = Files.list(folder)) {
            photos = files.sorted().limit(20).toList();
        }
        int found = 0;
        try (FaceReader reader = ShippedModels.reader()) {
            for (Path photo : photos) {
                SeenImage near =
                        reader.read(new EncodedImage(Files.readAllBytes(photo))).fold(i -> i, refusal -> null);
                double scale = size / central(near).box().width();
                BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
                Graphics2D g = large.createGraphics();
                g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
                g.setColor(Color.GRAY);
                g.fillRect(0, 0, width, height);
                int x = width / 4 + 7 * found;
                int y = height / 3;
                g.drawImage(
                        ImageIO.read(photo.toFile()),
                        new AffineTransform(scale, 0, 0, scale, x - 125 * scale, y - 125 * scale),
                        null);
                g.dispose();
                var bytes = new ByteArrayOutputStream();
                ImageIO.write(large, "jpg", bytes);
                SeenImage far =
                        reader.read(new EncodedImage(bytes.toByteArray())).fold(i -> i, refusal -> null);
                found += far != null
                                && far.faces().stream()
                                        .anyMatch(f -> Math.hypot(
                                                        f.box().centreX() - x,
                                                        f.box().centreY() - y)
                                                < size)
                        ? 1
                        : 0;
            }
        }
        assertThat(found).as("of %d", photos.size()).isGreaterThanOrEqualTo((int) Math.floor(0.95 * photos.size()));
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
