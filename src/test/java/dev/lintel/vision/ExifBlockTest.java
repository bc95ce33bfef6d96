package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExifBlockTest {
    /** One directory with one entry: orientation 6. */
    private static final byte[] TIFF = {
        'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0
    };

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void shouldFindTheOrientationInEachFormat(ImageFormat format) {
        byte[] image = image(format, TIFF.length, TIFF);
        assertThat(ExifBlock.of(image, format)).hasValue(TIFF);
        assertThat(Orientation.ofExif(image, format)).isEqualTo(Orientation.ofTag(6));
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void shouldNotReadBeyondTheEnd(ImageFormat format) {
        for (int claimed : new int[] {TIFF.length + 5, 65_000, Integer.MAX_VALUE, -1}) {
            assertThat(ExifBlock.of(image(format, claimed, TIFF), format))
                    .as("%d bytes claimed", claimed)
                    .isEmpty();
        }
    }

    @Test
    void shouldPassOverWhatComesBefore() {
        byte[] text = chunk("zTXt", 5_000, new byte[5_000]);
        byte[] exif = chunk("eXIf", TIFF.length, TIFF);
        byte[] png = ByteBuffer.allocate(8 + text.length + exif.length)
                .putLong(0x89504e470d0a1a0aL)
                .put(text)
                .put(exif)
                .array();
        assertThat(ExifBlock.of(png, ImageFormat.PNG)).hasValue(TIFF);
    }

    @Test
    void shouldTakeImagesWithoutItAsUpright() {
        assertThat(Orientation.ofExif(new byte[] {(byte) 0xff, (byte) 0xd8}, ImageFormat.JPEG))
                .isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.ofExif(image(ImageFormat.PNG, 3, new byte[] {'I', 'I', 42}), ImageFormat.PNG))
                .isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.ofExif(new byte[60], ImageFormat.BMP)).isEqualTo(Orientation.UPRIGHT);
    }

    private static byte[] image(ImageFormat format, int claimed, byte[] tiff) {
        return switch (format) {
            case JPEG ->
                ByteBuffer.allocate(12 + tiff.length)
                        .putShort((short) 0xffd8)
                        .putShort((short) 0xffe1)
                        .putShort((short) (Math.min(claimed, 65_000) + 8))
                        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                        .put(tiff)
                        .array();
            case PNG -> {
                byte[] exif = chunk("eXIf", claimed, tiff);
                yield ByteBuffer.allocate(8 + exif.length)
                        .putLong(0x89504e470d0a1a0aL)
                        .put(exif)
                        .array();
            }
            case WEBP ->
                ByteBuffer.allocate(20 + tiff.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                        .putInt(12 + tiff.length)
                        .put("WEBPEXIF".getBytes(StandardCharsets.US_ASCII))
                        .putInt(claimed)
                        .put(tiff)
                        .array();
            case BMP, GIF -> new byte[0];
            case TIFF -> tiff;
        };
    }

    private static byte[] chunk(String type, int claimed, byte[] data) {
        return ByteBuffer.allocate(12 + data.length)
                .putInt(claimed)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt(0)
                .array();
    }
}
