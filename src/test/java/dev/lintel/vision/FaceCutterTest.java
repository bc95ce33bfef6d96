package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceCutterTest {
    private static final double[][] TEMPLATE = {
        {38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}
    };

    private static Landmarks templateMovedBy(double scale, double degrees, double dx, double dy) {
        double cos = Math.cos(Math.toRadians(degrees)) * scale;
        double sin = Math.sin(Math.toRadians(degrees)) * scale;
        Point[] p = new Point[5];
        for (int i = 0; i < 5; i++) {
            double x = TEMPLATE[i][0];
            double y = TEMPLATE[i][1];
            p[i] = new Point((float) (cos * x - sin * y + dx), (float) (sin * x + cos * y + dy));
        }
        return new Landmarks(p[0], p[1], p[2], p[3], p[4]);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 0", "3.7, 25, 120, -40", "0.4, -170, 900, 800", "12, 90, 5, 5"})
    void shouldInvertAKnownSimilarity(double scale, double degrees, double dx, double dy) {
        Landmarks moved = templateMovedBy(scale, degrees, dx, dy);

        Affine back = SimilarityTransform.toTemplate(moved).toAffine();

        Point[] points = {moved.leftEye(), moved.rightEye(), moved.nose(), moved.mouthLeft(), moved.mouthRight()};
        for (int i = 0; i < 5; i++) {
            assertThat((double) back.apply(points[i]).x()).isCloseTo(TEMPLATE[i][0], within(1e-2));
            assertThat((double) back.apply(points[i]).y()).isCloseTo(TEMPLATE[i][1], within(1e-2));
        }
        assertThat(back.scale()).isCloseTo(1 / scale, within(1e-4 / scale));
    }

    @Test
    void shouldAlignAsTheTrainersDid() throws IOException {
        Path golden = Path.of("src/test/resources/golden");
        JsonNode faces =
                new ObjectMapper().readTree(new File(golden + "/embedder.json")).get("faces");
        for (JsonNode face : faces) {
            byte[] bytes =
                    Files.readAllBytes(Pictures.FACES.resolve(face.get("source").asText()));
            BufferedImage expected =
                    ImageIO.read(golden.resolve(face.get("file").asText()).toFile());
            Landmarks landmarks = landmarks(face.get("landmarks"));

            Affine matrix = SimilarityTransform.toTemplate(landmarks).toAffine();
            FaceCrop crop = cut(bytes, landmarks);

            assertThat(matrix.a()).isCloseTo(face.get("matrix").get(0).get(0).asDouble(), within(1e-3));
            assertThat(matrix.b()).isCloseTo(face.get("matrix").get(0).get(1).asDouble(), within(1e-3));
            assertThat(matrix.c()).isCloseTo(face.get("matrix").get(0).get(2).asDouble(), within(1e-3));
            assertThat(matrix.f()).isCloseTo(face.get("matrix").get(1).get(2).asDouble(), within(1e-3));
            // Where a face is shrunk to half and more, ours is averaged and theirs sampled: alike, not equal.
            assertThat(meanDifference(crop, expected)).isLessThan(2.5);
        }
    }

    private static FaceCrop cut(byte[] bytes, Landmarks landmarks) throws IOException {
        ImageHeader header = ImageHeader.read(bytes).fold(h -> h, r -> null);
        try (Picture picture = new ImageDecoder().decode(bytes, header, Orientation.UPRIGHT, 1)) {
            return FaceCutter.aligned(picture, landmarks);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void shouldCutTheSameFromAStoredPictureOfAnyOrientation(int tag) throws IOException {
        BufferedImage upright = Pictures.face("04-a.jpg");
        FaceBox box = new FaceBox(110, 150, 180, 220);
        byte[] plain = Pictures.cv(upright, ".png");
        byte[] turned = Pictures.withExif(Pictures.cv(Pictures.stored(upright, tag), ".png"), ImageFormat.PNG, tag);
        Landmarks landmarks = templateMovedBy(1.9, 5, 85, 130);
        FaceCrop[] aligned = new FaceCrop[2];
        FaceCrop[] around = new FaceCrop[2];

        for (int i = 0; i < 2; i++) {
            byte[] bytes = i == 0 ? plain : turned;
            ImageHeader header = ImageHeader.read(bytes).fold(h -> h, r -> null);
            Orientation orientation = Orientation.ofExif(bytes, ImageFormat.PNG);
            try (Picture picture = new ImageDecoder().decode(bytes, header, orientation, 1)) {
                aligned[i] = FaceCutter.aligned(picture, landmarks);
                around[i] = FaceCutter.around(picture, box, 1.5, 128);
            }
        }

        assertThat(meanDifference(aligned[0], aligned[1])).isLessThan(0.5);
        assertThat(meanDifference(around[0], around[1])).isLessThan(0.5);
    }

    /** The finest stripes that the file holds: cut down without averaging they would become coarse ones. */
    @Test
    void shouldNotAlias() throws IOException {
        BufferedImage stripes = new BufferedImage(1200, 1200, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 1200; y++) {
            for (int x = 0; x < 1200; x++) {
                stripes.setRGB(x, y, (x / 2) % 2 == 0 ? 0xffffff : 0);
            }
        }

        FaceCrop crop = cut(Pictures.cv(stripes, ".png"), templateMovedBy(9.3, 3, 60, 60));

        int lowest = 255;
        int highest = 0;
        for (byte b : crop.rgb()) {
            lowest = Math.min(lowest, b & 0xff);
            highest = Math.max(highest, b & 0xff);
        }
        assertThat(highest - lowest).isLessThan(70);
    }

    /** Half the box lies outside: the picture must go on as its mirror image. */
    @Test
    void shouldReflectAtTheEdge() throws IOException {
        BufferedImage ramp = new BufferedImage(256, 256, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                ramp.setRGB(x, y, x << 16 | x << 8 | x);
            }
        }
        byte[] bytes = Pictures.cv(ramp, ".png");
        ImageHeader header = ImageHeader.read(bytes).fold(h -> h, r -> null);

        FaceCrop crop;
        try (Picture picture = new ImageDecoder().decode(bytes, header, Orientation.UPRIGHT, 1)) {
            crop = FaceCutter.around(picture, new FaceBox(-64, 64, 128, 128), 1, 128);
        }

        for (int x = 0; x < 128; x++) {
            assertThat(crop.rgb()[(64 * 128 + x) * 3] & 0xff).isCloseTo(Math.abs(x - 64), within(1));
        }
    }

    private static Landmarks landmarks(JsonNode points) {
        Point[] p = new Point[5];
        for (int i = 0; i < 5; i++) {
            p[i] = new Point((float) points.get(i).get(0).asDouble(), (float)
                    points.get(i).get(1).asDouble());
        }
        return new Landmarks(p[0], p[1], p[2], p[3], p[4]);
    }

    private static double meanDifference(FaceCrop a, FaceCrop b) {
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return sum / a.rgb().length;
    }

    private static double meanDifference(FaceCrop a, BufferedImage b) {
        byte[] rgb = new byte[a.rgb().length];
        for (int i = 0; i < a.side() * a.side(); i++) {
            int p = b.getRGB(i % a.side(), i / a.side());
            rgb[i * 3] = (byte) (p >> 16);
            rgb[i * 3 + 1] = (byte) (p >> 8);
            rgb[i * 3 + 2] = (byte) p;
        }
        return meanDifference(a, new FaceCrop(a.side(), rgb));
    }
}
