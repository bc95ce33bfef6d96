package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Refusal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {
    private static final BufferedImage IMAGE = new BufferedImage(61, 37, BufferedImage.TYPE_3BYTE_BGR);

    private static Refusal refusal(byte[] bytes) {
        return ImageHeader.read(bytes)
                .fold(
                        header -> {
                            throw new AssertionError(header.toString());
                        },
                        r -> r);
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp", ".bmp"})
    void shouldReadTheSizeOfEveryFormat(String extension) {
        ImageHeader header = ImageHeader.read(Pictures.cv(IMAGE, extension)).fold(h -> h, r -> null);

        assertThat(header.width()).isEqualTo(61);
        assertThat(header.height()).isEqualTo(37);
        assertThat(header.progressive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "tiff"})
    void shouldReadTheSizeOfWhatTheJdkReads(String format) {
        ImageHeader header = ImageHeader.read(Pictures.jdk(IMAGE, format)).fold(h -> h, r -> null);

        assertThat(header.width()).isEqualTo(61);
        assertThat(header.height()).isEqualTo(37);
    }

    @Test
    void shouldSayThatAGifIsCutOff() {
        byte[] whole = Pictures.jdk(Pictures.face("01-a.jpg"), "gif");

        for (int length : new int[] {whole.length * 9 / 10, whole.length / 2, 20}) {
            assertThat(refusal(Arrays.copyOf(whole, length)).code()).isEqualTo(Refusal.Code.UNREADABLE_IMAGE);
        }
    }

    @Test
    void shouldRefuseATiffThatIsRawOrClaimsTooMuch() {
        byte[] tiff = Pictures.jdk(IMAGE, "tiff");
        ByteBuffer fields =
                ByteBuffer.wrap(tiff).order(tiff[0] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int directory = fields.getInt(4);
        byte[] raw = tiff.clone();
        byte[] bomb = tiff.clone();
        for (int i = 0; i < fields.getShort(directory); i++) {
            int at = directory + 2 + 12 * i;
            int tag = fields.getShort(at) & 0xffff;
            if (tag == 262) {
                ByteBuffer.wrap(raw).order(fields.order()).putShort(at + 8, (short) 32_803);
            }
            if (tag == 256 || tag == 257) {
                ByteBuffer.wrap(bomb)
                        .order(fields.order())
                        .putShort(at + 2, (short) 4)
                        .putInt(at + 8, 40_000);
            }
        }

        assertThat(refusal(raw).detail()).contains("raw photo");
        assertThat(refusal(bomb).code()).isEqualTo(Refusal.Code.IMAGE_TOO_LARGE);
    }

    @Test
    void shouldReadAJpegThatOnlyLacksItsEnd() {
        byte[] whole = Pictures.cv(Pictures.face("01-a.jpg"), ".jpg");

        ImageHeader header =
                ImageHeader.read(Arrays.copyOf(whole, whole.length / 2)).fold(h -> h, r -> null);

        assertThat(header.unended()).isTrue();
        assertThat(refusal(Arrays.copyOf(whole, 300)).code()).isEqualTo(Refusal.Code.UNREADABLE_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".webp", ".bmp"})
    void shouldSayThatAFileIsCutOff(String extension) {
        byte[] whole = Pictures.cv(Pictures.face("01-a.jpg"), extension);

        for (int length : new int[] {whole.length - 1, whole.length * 9 / 10, whole.length / 2, 60}) {
            Refusal refusal = refusal(Arrays.copyOf(whole, length));

            assertThat(refusal.code()).isEqualTo(Refusal.Code.UNREADABLE_IMAGE);
        }
        assertThat(refusal(Arrays.copyOf(whole, whole.length / 2)).detail()).contains("cut off");
    }

    @Test
    void shouldIgnoreWhatFollowsAJpeg() {
        byte[] jpeg = Pictures.cv(IMAGE, ".jpg");

        assertThat(ImageHeader.read(Arrays.copyOf(jpeg, jpeg.length + 5000)).<Integer>fold(ImageHeader::width, r -> -1))
                .isEqualTo(61);
    }

    @Test
    void shouldTellProgressiveJpegs() {
        byte[] jpeg = Pictures.cv(IMAGE, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);

        assertThat(ImageHeader.read(jpeg).<Boolean>fold(ImageHeader::progressive, r -> null))
                .isTrue();
    }

    @Test
    void shouldRefuseAJpegOfThousandsOfScans() {
        byte[] jpeg = Pictures.cv(IMAGE, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
        byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0};
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 5000; i++) {
            bomb.writeBytes(scan);
        }
        bomb.write(jpeg, jpeg.length - 2, 2);

        assertThat(refusal(bomb.toByteArray()).code()).isEqualTo(Refusal.Code.IMAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"0xc3, lossless", "0xc5, hierarchical"})
    void shouldRefuseRareJpegs(String frame, String word) {
        byte[] jpeg = Pictures.cv(IMAGE, ".jpg");
        for (int i = 2; i < jpeg.length; i++) {
            if (jpeg[i - 1] == (byte) 0xff && jpeg[i] == (byte) 0xc0) {
                jpeg[i] = (byte) (int) Integer.decode(frame);
                break;
            }
        }

        assertThat(refusal(jpeg).code()).isEqualTo(Refusal.Code.UNSUPPORTED_FORMAT);
        assertThat(refusal(jpeg).detail()).contains(word);
    }

    @Test
    void shouldRefuseABmpThatHidesAnotherFormatOrClaimsMoreThanItHas() {
        byte[] bmp = Pictures.jdk(IMAGE, "bmp");
        byte[] hidden = bmp.clone();
        hidden[30] = 4; // BI_JPEG
        byte[] bomb = bmp.clone();
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, 60_000);

        assertThat(refusal(hidden).code()).isEqualTo(Refusal.Code.UNSUPPORTED_FORMAT);
        assertThat(refusal(bomb).code()).isEqualTo(Refusal.Code.UNREADABLE_IMAGE);
    }

    @Test
    void shouldShowDecodersOnlyThePixelsOfAPng() {
        byte[] plain = Pictures.cv(IMAGE, ".png");
        byte[] laden = Pictures.splice(plain, 33, Pictures.pngChunk("iCCP", new byte[5000]));

        assertThat(PngChunks.essentials(laden))
                .isEqualTo(PngChunks.essentials(plain))
                .hasSizeLessThan(laden.length - 5000);
    }

    @ParameterizedTest
    @CsvSource({"%PDF-1.7, PDF", "IIRO, raw photo", "<html>, text", "PK\3\4x, archive", "RIFFxxxxWAVE, sound"})
    void shouldNameWhatItIs(String start, String name) {
        Refusal refusal = refusal(Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 400));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.UNSUPPORTED_FORMAT);
        assertThat(refusal.detail()).contains(name).contains("send a JPEG, PNG, WebP, BMP, GIF or TIFF");
    }

    @Test
    void shouldNameHeic() {
        byte[] heic = ByteBuffer.allocate(100)
                .putInt(24)
                .put("ftypheic".getBytes(StandardCharsets.ISO_8859_1))
                .array();

        assertThat(refusal(heic).detail())
                .contains("HEIC")
                .contains("heif-convert")
                .contains("Most Compatible");
    }

    @Test
    void shouldAnswerAnyBytes() {
        Random random = new Random(11);
        byte[][] starts = {
            Pictures.cv(IMAGE, ".jpg"),
            Pictures.cv(IMAGE, ".png"),
            Pictures.cv(IMAGE, ".webp"),
            Pictures.jdk(IMAGE, "bmp"),
            Pictures.jdk(IMAGE, "gif"),
            Pictures.jdk(IMAGE, "tiff"),
            {}
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] start = starts[i % starts.length];
            byte[] bytes = Arrays.copyOf(start, random.nextInt(start.length + 40));
            for (int k = 0; k < 8 && bytes.length > 0; k++) {
                bytes[random.nextInt(Math.min(64, bytes.length))] = (byte) random.nextInt();
            }
            String answer = ImageHeader.read(bytes)
                    .fold(
                            h -> {
                                assertThat(h.width()).isPositive();
                                assertThat(h.height()).isPositive();
                                return "read";
                            },
                            Refusal::detail);

            assertThat(answer).isNotBlank();
        }
    }
}
