package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelPack;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.ShippedModels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class FaceReaderTest {
    private static final Path FACES = Path.of("src/test/resources/faces");
    private static FaceReader reader;

    @BeforeAll
    static void open() {
        reader = ShippedModels.reader();
    }

    @AfterAll
    static void close() {
        reader.close();
    }

    static List<Path> faces() throws IOException {
        try (Stream<Path> files = Files.list(FACES)) {
            return files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
        }
    }

    private static SeenImage seen(byte[] bytes) {
        return reader.read(new EncodedImage(bytes)).fold(image -> image, refusal -> {
            throw new AssertionError(refusal.toString());
        });
    }

    private static Refusal.Code refusal(byte[] bytes) {
        return reader.read(new EncodedImage(bytes)).fold(image -> null, Refusal::code);
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    /** The portrait on a large grey canvas, turned clockwise by quarter turns. */
    private static BufferedImage canvas(int width, int height, double scale, int quarterTurns) throws IOException {
        BufferedImage face = ImageIO.read(FACES.resolve("03-a.jpg").toFile());
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = picture.createGraphics();
        g.setColor(new Color(120, 125, 130));
        g.fillRect(0, 0, width, height);
        AffineTransform place = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        place.quadrantRotate(quarterTurns);
        place.scale(scale, scale);
        place.translate(-face.getWidth() / 2.0, -face.getHeight() / 2.0);
        g.drawImage(face, place, null);
        g.dispose();
        return picture;
    }

    @ParameterizedTest
    @MethodSource("faces")
    void shouldFindTheOneFaceOfAPortrait(Path file) throws IOException {
        SeenImage image = seen(Files.readAllBytes(file));

        assertThat(image.faces()).hasSize(1);
        SeenFace face = image.faces().get(0);
        assertThat(face.box().width()).isBetween(80f, 280f);
        assertThat(face.landmarks().leftEye().x())
                .isLessThan(face.landmarks().rightEye().x());
        assertThat(face.landmarks().nose().y())
                .isLessThan(face.landmarks().mouthLeft().y());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 4})
    void shouldReadATwelveMegapixelPhoto(double scale) throws IOException {
        SeenImage image = seen(encode(canvas(4000, 3000, scale, 0), "jpg"));

        assertThat(image.width()).isEqualTo(4000);
        assertThat(image.height()).isEqualTo(3000);
        assertThat(image.faces()).hasSize(1);
        assertThat(image.faces().get(0).box().centreX()).isCloseTo(2000, within((float) (80 * scale)));
    }

    /** The portrait's face at this size, in pixels from side to side, somewhere in a large photo. */
    @ParameterizedTest
    @CsvSource({"4000, 3000, 60", "4000, 3000, 100", "3000, 4000, 60", "1920, 1080, 40", "6000, 4000, 90"})
    void shouldFindAFaceFarOffInALargePhoto(int width, int height, int size) throws IOException {
        double full =
                seen(encode(canvas(900, 900, 1, 0), "png")).faces().get(0).box().width();

        SeenImage image = seen(encode(canvas(width, height, size / full, 0), "jpg"));

        assertThat(image.faces()).hasSize(1);
        assertThat(image.faces().get(0).box().width()).isCloseTo(size, within(size * 0.2f));
        assertThat(image.faces().get(0).box().centreX()).isCloseTo(width / 2f, within(size * 1f));
    }

    @Test
    void shouldSayWhichSizeAFaceNeedsInThisPicture() throws IOException {
        BufferedImage empty = new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR);

        String detail = reader.read(new EncodedImage(encode(empty, "jpg"))).fold(image -> "", Refusal::detail);

        assertThat(detail).contains("4000x3000").contains("about 31 pixels");
    }

    @Test
    void shouldSayOfAFaceThatTheEdgeCutsIt() throws IOException {
        BufferedImage picture = canvas(500, 500, 1, 0);
        SeenFace whole = seen(encode(picture, "png")).faces().get(0);
        int edge = Math.round(
                (whole.landmarks().nose().x() + whole.landmarks().rightEye().x()) / 2);

        SeenFace left = seen(encode(picture.getSubimage(0, 0, edge, 500), "png"))
                .faces()
                .get(0);

        assertThat(whole.quality().cutOff()).isFalse();
        assertThat(left.quality().cutOff()).isTrue();
        assertThat(left.quality().score()).isZero();
        assertThat(left.landmarks().leftEye().distanceTo(whole.landmarks().leftEye()))
                .isLessThan(0.2 * whole.landmarks().interocularDistance());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.35, 0.5, 0.65})
    void shouldNotTakeTheUpperHalfOfAFaceForAWholeOneOnItsHead(double share) throws IOException {
        int cut = 0;
        for (int i = 1; i <= 16; i++) {
            String file = String.format(Locale.ROOT, "%02d-a.jpg", i);
            BufferedImage picture = ImageIO.read(FACES.resolve(file).toFile());
            FaceBox box = seen(encode(picture, "png")).faces().get(0).box();
            int edge = (int) Math.round(box.y() + share * box.height());
            byte[] upper = encode(picture.getSubimage(0, 0, picture.getWidth(), edge), "png");

            Optional<SeenImage> image =
                    reader.read(new EncodedImage(upper)).fold(Optional::of, refusal -> Optional.empty());

            image.ifPresent(it -> assertThat(it.rotation()).as(file).isZero());
            cut += image.filter(it -> it.faces().get(0).quality().cutOff()).isPresent() ? 1 : 0;
        }
        assertThat(cut).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"15, 1", "1, 15"})
    void shouldCallAFaceBlurredThatMovedAlongOneAxis(int width, int height) throws IOException {
        BufferedImage still = canvas(500, 500, 1, 0);
        float[] line = new float[width * height];
        Arrays.fill(line, 1f / line.length);
        BufferedImage moved = new ConvolveOp(new Kernel(width, height, line)).filter(still, null);

        SeenFace sharp = seen(encode(still, "png")).faces().get(0);
        SeenFace blurred = seen(encode(moved, "png")).faces().get(0);

        assertThat(sharp.quality().issues()).isEmpty();
        assertThat(blurred.quality().issues()).extracting(Quality.Issue::kind).containsExactly(Quality.Kind.BLURRED);
    }

    /** An ID photo: whatever is not the face is white. */
    @ParameterizedTest
    @MethodSource("faces")
    void shouldMeasureLightInsideTheFaceOnly(Path file) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        SeenFace before = seen(encode(picture, "png")).faces().get(0);
        BufferedImage cut = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = cut.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, cut.getWidth(), cut.getHeight());
        FaceBox box = before.box();
        g.setClip(new java.awt.geom.Ellipse2D.Float(
                box.x(), box.y() - box.height() * 0.1f, box.width(), box.height() * 1.15f));
        g.drawImage(picture, 0, 0, null);
        g.dispose();

        SeenFace after = seen(encode(cut, "png")).faces().get(0);

        assertThat(after.quality().brightness()).isCloseTo(before.quality().brightness(), within(6.0));
        assertThat(after.quality().contrast()).isCloseTo(before.quality().contrast(), within(6.0));
        int[] white = new int[1];
        byte[] rgb = after.aligned().rgb();
        FaceArea.of(after.landmarks()).each(i -> white[0] += (rgb[3 * i] & 0xff) > 250 ? 1 : 0);
        assertThat(white[0]).isLessThan(FaceArea.of(after.landmarks()).pixels() / 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp"})
    void shouldReadEveryFormatAlike(String format) throws IOException {
        SeenFace face = seen(encode(canvas(400, 500, 1, 0), format)).faces().get(0);
        SeenFace original =
                seen(Files.readAllBytes(FACES.resolve("03-a.jpg"))).faces().get(0);

        assertThat(face.box().overlap(original.box())).isGreaterThan(0.9f);
    }

    @Test
    void shouldCutOutTheFaceAtFullSharpnessWhereItIsSmallInALargePhoto() throws IOException {
        double far = seen(encode(canvas(4000, 3000, 1.5, 0), "png"))
                .faces()
                .get(0)
                .quality()
                .sharpness();
        double near = seen(encode(canvas(900, 900, 1.5, 0), "png"))
                .faces()
                .get(0)
                .quality()
                .sharpness();

        assertThat(far).isCloseTo(near, within(near * 0.5));
    }

    /** Upside down is for {@link FaceFinderTest}: the shipped detector often takes such a face for an upright one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldTurnAPictureThatLiesOnItsSide(int quarterTurns) throws IOException {
        assumeThat(ModelPack.load(Configs.of(VisionConfig.class).model(), Engine.TENSORFLOW)
                        .manifest()
                        .sureScore())
                .as("the shipped detector tells upright faces by their score")
                .isNotNull();
        SeenFace upright = seen(encode(canvas(1000, 800, 1, 0), "png")).faces().get(0);

        SeenImage image = seen(encode(canvas(1000, 800, 1, quarterTurns), "png"));

        assertThat(image.rotation()).isEqualTo(360 - 90 * quarterTurns);
        assertThat(image.width()).isEqualTo(800);
        assertThat(image.faces()).hasSize(1);
        SeenFace face = image.faces().get(0);
        assertThat(face.landmarks().roll()).isCloseTo(upright.landmarks().roll(), within(5.0));
        assertThat(face.box().centreX())
                .isCloseTo(image.width() / 2f + upright.box().centreX() - 500, within(8f));
        assertThat(difference(face.aligned(), upright.aligned())).isLessThan(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 8, 3, 5})
    void shouldReadATwelveMegapixelPhotoByItsExifOrientation(int tag) throws IOException {
        BufferedImage upright = tag >= 5 ? canvas(3000, 4000, 3, 0) : canvas(4000, 3000, 3, 0);
        byte[] jpeg = Pictures.withExif(Pictures.cv(Pictures.stored(upright, tag), ".jpg"), ImageFormat.JPEG, tag);

        SeenImage image = seen(jpeg);

        assertThat(image.width()).isEqualTo(upright.getWidth());
        assertThat(image.height()).isEqualTo(upright.getHeight());
        assertThat(image.rotation()).isZero();
        SeenFace plain = seen(encode(canvas(500, 500, 0.5, 0), "png")).faces().get(0);
        assertThat(difference(image.faces().get(0).aligned(), plain.aligned())).isLessThan(16);
    }

    @Test
    void shouldFindAFaceThatFillsThePicture() throws IOException {
        BufferedImage portrait = ImageIO.read(FACES.resolve("03-a.jpg").toFile());
        dev.lintel.face.FaceBox box =
                seen(encode(portrait, "png")).faces().get(0).box();
        BufferedImage tight = portrait.getSubimage(
                Math.round(box.x()), Math.round(box.y()), Math.round(box.width()), Math.round(box.height()));

        SeenImage image = seen(encode(tight, "png"));

        assertThat(image.faces().get(0).box().area()).isGreaterThan(0.5f * box.area());
        assertThat(image.rotation()).isZero();
    }

    private static double difference(dev.lintel.face.FaceCrop a, dev.lintel.face.FaceCrop b) {
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return sum / a.rgb().length;
    }

    @Test
    void shouldSayThatThereIsNoFace() throws IOException {
        assertThat(refusal(encode(new BufferedImage(300, 200, BufferedImage.TYPE_3BYTE_BGR), "png")))
                .isEqualTo(Refusal.Code.NO_FACE);
    }

    /** Half a face may be found, but it reaches into what is missing: nobody is recognised or enrolled by it. */
    @Test
    void shouldRecogniseNobodyInHalfAJpegAndRefuseHalfAPng() throws IOException {
        byte[] jpeg = Files.readAllBytes(FACES.resolve("01-a.jpg"));
        byte[] png = encode(canvas(400, 500, 1, 0), "png");

        List<SeenFace> faces = reader.read(new EncodedImage(Arrays.copyOf(jpeg, jpeg.length / 2)))
                .fold(SeenImage::faces, refusal -> List.of());

        assertThat(faces).hasSizeLessThan(2).allSatisfy(face -> {
            assertThat(face.quality().score()).isZero();
            assertThat(face.quality().issues()).extracting(Quality.Issue::kind).contains(Quality.Kind.INCOMPLETE);
        });
        assertThat(refusal(Arrays.copyOf(png, png.length / 2))).isEqualTo(Refusal.Code.UNREADABLE_IMAGE);
    }

    @Test
    void shouldRefuseABombByItsHeader() throws IOException {
        byte[] png = encode(canvas(400, 500, 1, 0), "png");
        png[17] = (byte) 0x7f;

        assertThat(refusal(png)).isEqualTo(Refusal.Code.IMAGE_TOO_LARGE);
    }

    @Test
    void shouldAnswerTheSameEveryTime() throws IOException {
        byte[] bytes = Files.readAllBytes(FACES.resolve("05-a.jpg"));

        Outcome<SeenImage> first = reader.read(new EncodedImage(bytes));

        assertThat(seen(bytes).faces().get(0).aligned().rgb())
                .isEqualTo(first.fold(i -> i.faces().get(0).aligned().rgb(), r -> null));
    }
}
