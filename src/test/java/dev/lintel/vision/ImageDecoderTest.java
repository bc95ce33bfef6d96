package dev.lintel.vision;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ImageDecoderTest {
    private static final int[] COLOURS = {0xe02020, 0x20e020, 0x2020e0, 0xe0e020};

    /** Four coloured quarters of a 48x32 picture: shows any wrong turn, mirror or swapped channel. */
    private static final BufferedImage QUARTERS = quarters(48, 32);

    private final ImageDecoder decoder = new ImageDecoder();

    private static BufferedImage quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, COLOURS[(x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2)]);
            }
        }
        return image;
    }

    static Stream<Arguments> formatsAndOrientations() {
        List<Arguments> all = new ArrayList<>();
        for (ImageFormat format : ImageFormat.values()) {
            for (int tag = 1; tag <= (format == ImageFormat.BMP || format == ImageFormat.GIF ? 1 : 8); tag++) {
                all.add(Arguments.of(format, tag));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("formatsAndOrientations")
    void shouldTurnEveryFormatByEveryExifTag(ImageFormat format, int tag) throws IOException {
        BufferedImage stored = Pictures.stored(QUARTERS, tag);
        byte[] plain = switch (format) {
            case JPEG -> Pictures.cv(stored, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 95);
            case PNG -> Pictures.cv(stored, ".png");
            case WEBP -> Pictures.cv(stored, ".webp", opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 95);
            case BMP, GIF, TIFF -> Pictures.jdk(stored, format.name());
        };

        int[] colours = quarterColours(tag == 1 ? plain : Pictures.withExif(plain, format, tag), 1);

        assertColours(colours, COLOURS, 40);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind(
                        "progressive JPEG",
                        () -> Pictures.cv(QUARTERS, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1)),
                kind(
                        "JPEG with restart markers",
                        () -> Pictures.cv(QUARTERS, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 1)),
                kind("palette PNG", () -> Pictures.jdk(as(BufferedImage.TYPE_BYTE_INDEXED), "png")),
                kind("PNG with alpha", () -> Pictures.jdk(as(BufferedImage.TYPE_4BYTE_ABGR), "png")),
                kind("PNG with 16 bits", () -> sixteenBits()),
                kind(
                        "PNG with text",
                        () -> Pictures.splice(
                                Pictures.cv(QUARTERS, ".png"), 33, Pictures.pngChunk("zTXt", new byte[200]))),
                kind("lossless WebP", () -> Pictures.cv(QUARTERS, ".webp", opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101)),
                kind("BMP of 16 bits", () -> Pictures.jdk(as(BufferedImage.TYPE_USHORT_565_RGB), "bmp")),
                kind("BMP of 32 bits", () -> Pictures.jdk(as(BufferedImage.TYPE_INT_RGB), "bmp")),
                kind("BMP with palette", () -> Pictures.jdk(as(BufferedImage.TYPE_BYTE_INDEXED), "bmp")),
                kind("GIF with palette", () -> Pictures.jdk(as(BufferedImage.TYPE_BYTE_INDEXED), "gif")),
                kind("TIFF with alpha", () -> Pictures.jdk(as(BufferedImage.TYPE_4BYTE_ABGR), "tiff")),
                kind("TIFF with palette", () -> Pictures.jdk(as(BufferedImage.TYPE_BYTE_INDEXED), "tiff")),
                kind("Adobe CMYK JPEG", () -> cmyk()));
    }

    private static Arguments kind(String name, Supplier<byte[]> bytes) {
        return Arguments.of(name, bytes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void shouldReadEveryKind(String name, Supplier<byte[]> bytes) throws IOException {
        assertColours(quarterColours(bytes.get(), 1), COLOURS, 60);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_BINARY})
    void shouldReadGreyPictures(int type) throws IOException {
        int[] colours = quarterColours(Pictures.jdk(as(type), "png"), 1);

        for (int colour : colours) {
            assertThat(colour >> 16).isEqualTo(colour >> 8 & 0xff).isEqualTo(colour & 0xff);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void shouldScaleJpegWhileDecoding(int reduce) throws IOException {
        byte[] jpeg = Pictures.cv(quarters(401, 299), ".jpg");
        ImageHeader header = header(jpeg);

        try (Picture picture = decoder.decode(jpeg, header, Orientation.UPRIGHT, reduce)) {
            assertThat(picture.pixels().cols()).isEqualTo((401 + reduce - 1) / reduce);
            assertThat(picture.reduce()).isEqualTo(reduce);
        }
        assertColours(quarterColours(jpeg, reduce), COLOURS, 40);
    }

    @Test
    void shouldRefuseDamagedData() {
        Random random = new Random(7);
        for (String format : List.of(".jpg", ".png", ".webp")) {
            byte[] bytes = Pictures.cv(Pictures.face("01-a.jpg"), format);
            for (int i = 0; i < 40; i++) {
                byte[] damaged = bytes.clone();
                for (int k = 0; k < 1 + random.nextInt(20); k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                ImageHeader.read(damaged)
                        .fold(
                                header -> {
                                    try (Picture picture = decoder.decode(damaged, header, Orientation.UPRIGHT, 1)) {
                                        assertThat(picture.pixels().cols()).isEqualTo(header.width());
                                    } catch (IOException expected) {
                                        assertThat(expected).hasMessageStartingWith("the image data");
                                    }
                                    return null;
                                },
                                refusal -> assertThat(refusal.detail()).isNotBlank());
            }
        }
    }

    @Test
    void shouldRefuseAHeaderThatLiesAboutTheSize() {
        byte[] png = Pictures.cv(QUARTERS, ".png");
        png[19] = 100; // width; the checksum no longer fits either

        assertThatThrownBy(() -> decoder.decode(png, header(png), Orientation.UPRIGHT, 1))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldLetLargePicturesWaitForEachOther() throws Exception {
        byte[] large = Pictures.cv(new BufferedImage(8000, 6000, BufferedImage.TYPE_3BYTE_BGR), ".jpg");
        CountDownLatch decoded = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            try (Picture picture = decoder.decode(large, header(large), Orientation.UPRIGHT, 1)) {
                assertThat(picture.pixels().cols()).isEqualTo(8000);
                decoded.countDown();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        try (Picture first = decoder.decode(large, header(large), Orientation.UPRIGHT, 1)) {
            second.start();
            await("the second waits", () -> second.getState() == Thread.State.WAITING);
            assertThat(decoded.getCount()).isEqualTo(1);
            assertThat(first.pixels().cols()).isEqualTo(8000);
        }
        assertThat(decoded.await(60, TimeUnit.SECONDS)).isTrue();
        second.join();
    }

    private static ImageHeader header(byte[] bytes) {
        return ImageHeader.read(bytes).fold(h -> h, refusal -> {
            throw new AssertionError(refusal.toString());
        });
    }

    /** RGB in the middles of the upright picture's quarters, mapped back to the stored pixels. */
    private int[] quarterColours(byte[] bytes, int reduce) throws IOException {
        ImageHeader header = header(bytes);
        Orientation orientation = Orientation.ofExif(bytes, header.format());
        try (Picture picture = decoder.decode(bytes, header, orientation, reduce);
                Mat upright = new Mat()) {
            orientation.apply(picture.pixels(), upright);
            int[] colours = new int[4];
            for (int q = 0; q < 4; q++) {
                int x = upright.cols() * (q % 2 == 0 ? 1 : 3) / 4;
                int y = upright.rows() * (q < 2 ? 1 : 3) / 4;
                var pixel = upright.ptr(y, x);
                colours[q] = (pixel.get(2) & 0xff) << 16 | (pixel.get(1) & 0xff) << 8 | pixel.get(0) & 0xff;
            }
            return colours;
        }
    }

    private static void assertColours(int[] actual, int[] expected, int tolerance) {
        for (int q = 0; q < 4; q++) {
            for (int shift : new int[] {16, 8, 0}) {
                assertThat(actual[q] >> shift & 0xff)
                        .as("quarter %d of %s", q, Arrays.toString(actual))
                        .isCloseTo(expected[q] >> shift & 0xff, org.assertj.core.data.Offset.offset(tolerance));
            }
        }
    }

    private static BufferedImage as(int type) {
        BufferedImage image = new BufferedImage(QUARTERS.getWidth(), QUARTERS.getHeight(), type);
        Graphics2D g = image.createGraphics();
        g.drawImage(QUARTERS, 0, 0, null);
        g.dispose();
        return image;
    }

    private static byte[] sixteenBits() {
        try (Mat small = new Mat();
                Mat decoded = opencv_imgcodecs.imdecode(
                        new Mat(Pictures.cv(QUARTERS, ".png")), opencv_imgcodecs.IMREAD_COLOR)) {
            decoded.convertTo(small, opencv_core.CV_16UC3, 257, 0);
            return Pictures.cv(small, ".png");
        }
    }

    /** Inverted CMYK with Adobe's marker, as Photoshop writes it. */
    private static byte[] cmyk() {
        var raster =
                java.awt.image.Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 48, 32, 4, null);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                int rgb = QUARTERS.getRGB(x, y);
                raster.setPixel(x, y, new int[] {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, 255});
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam param = writer.getDefaultWriteParam();
            writer.write(null, new IIOImage(raster, null, null), param);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        writer.dispose();
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return Pictures.splice(out.toByteArray(), 2, adobe);
    }
}
