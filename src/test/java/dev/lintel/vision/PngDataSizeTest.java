package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.face.Outcome;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngDataSizeTest {

    /** Noise does not compress: the data are as large as they get. */
    @ParameterizedTest
    @CsvSource({"5,700", "5,1", "6,700", "10,700", "10,1", "11,700", "12,700", "13,700"})
    void shouldTakeEveryKindOfPngPlainAndInterlaced(int type, int size) throws IOException {
        BufferedImage noise = new BufferedImage(size, size + 3, type);
        Random random = new Random(1);
        for (int i = 0; i < size * size; i++) {
            noise.setRGB(i % size, i / size, random.nextInt());
        }
        for (boolean interlaced : new boolean[] {false, true}) {
            byte[] png = written(noise, interlaced);
            assertThatCode(() -> PngDataSize.check(png))
                    .as("interlaced: %s", interlaced)
                    .doesNotThrowAnyException();
            assertThat(ImageHeader.read(png)).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void shouldRefuseMoreDataThanPixels() throws IOException {
        byte[] sound = written(new BufferedImage(100, 100, BufferedImage.TYPE_3BYTE_BGR), false);
        byte[] bomb = withData(sound, zeros(64 << 20));
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(ImageHeader.read(bomb)).as("the header alone tells nothing").isInstanceOf(Outcome.Done.class);
        assertThatThrownBy(() -> PngDataSize.check(bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more data");
        byte[] little = withData(sound, zeros(100 * 301 + 1000));
        assertThatCode(() -> PngDataSize.check(little)).doesNotThrowAnyException();
    }

    @Test
    void shouldLeaveDamageToTheDecoder() throws IOException {
        byte[] sound = written(new BufferedImage(100, 100, BufferedImage.TYPE_3BYTE_BGR), false);
        byte[] damaged = withData(sound, new byte[] {1, 2, 3, 4, 5});
        assertThatCode(() -> PngDataSize.check(damaged)).doesNotThrowAnyException();
    }

    private static byte[] written(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** The header of one picture with the data of another. */
    private static byte[] withData(byte[] png, byte[] compressed) {
        byte[] data = Pictures.pngChunk("IDAT", compressed);
        byte[] end = Pictures.pngChunk("IEND", new byte[0]);
        return ByteBuffer.allocate(33 + data.length + end.length)
                .put(png, 0, 33)
                .put(data)
                .put(end)
                .array();
    }

    private static byte[] zeros(int length) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(new byte[length]);
        deflater.finish();
        byte[] buffer = new byte[length / 500 + 100];
        int size = deflater.deflate(buffer);
        deflater.end();
        return ByteBuffer.allocate(size).put(buffer, 0, size).array();
    }
}
