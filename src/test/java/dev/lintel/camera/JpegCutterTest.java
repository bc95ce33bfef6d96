package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.vision.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegCutterTest {
    private static final byte[] ONE = jpeg(40);
    private static final byte[] TWO = jpeg(200);

    private final JpegCutter cutter = new JpegCutter(100_000);

    private static byte[] jpeg(int level) {
        return new FrameEncoder(1000).jpeg(Frames.grey(level)).bytes();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** All pictures of a stream that comes in pieces of this length. */
    private List<byte[]> cut(byte[] stream, int piece) {
        List<byte[]> pictures = new ArrayList<>();
        for (int at = 0; at < stream.length; at += piece) {
            byte[] next = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + piece));
            cutter.put(next, next.length);
            byte[] whole = cutter.take();
            if (whole != null) {
                pictures.add(whole);
            }
        }
        return pictures;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 300})
    void shouldFindEveryPictureInWhateverPieces(int piece) {
        assertThat(cut(
                        joined(
                                ONE,
                                "text between".getBytes(StandardCharsets.UTF_8),
                                TWO,
                                new byte[] {0, (byte) 0xff},
                                ONE,
                                TWO),
                        piece))
                .containsExactly(ONE, TWO, ONE, TWO);
        assertThat(cutter.midway()).isFalse();
    }

    @Test
    void shouldKeepOnlyTheNewest() {
        byte[] stream = joined(ONE, ONE, TWO, Arrays.copyOf(ONE, 30));
        cutter.put(stream, stream.length);

        assertThat(cutter.midway()).isTrue();
        assertThat(cutter.take()).isEqualTo(TWO);
        assertThat(cutter.take()).isNull();
    }

    @Test
    void shouldNotEndAtAThumbnail() {
        int length = ONE.length + 2;
        byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length};
        byte[] withThumbnail = joined(head, ONE, Arrays.copyOfRange(TWO, 2, TWO.length));

        assertThat(cut(joined(withThumbnail, ONE), 50)).containsExactly(withThumbnail, ONE);
    }

    @Test
    void shouldPassOverWhatIsCutOff() {
        int data = ONE.length - 10;
        assertThat(cut(joined(Arrays.copyOf(ONE, data), TWO), 50))
                .as("in its data")
                .containsExactly(TWO);
        assertThat(cut(joined(Arrays.copyOf(ONE, 3), TWO), 50))
                .as("in a marker")
                .containsExactly(TWO);
        assertThat(cut(joined(Arrays.copyOf(ONE, 40), TWO, TWO, TWO), 50))
                .as("in a segment")
                .contains(TWO);
    }

    @Test
    void shouldPassOverWhatIsTooLarge() {
        byte[] endless = new byte[200_000];
        int scan = ONE.length - 10;
        assertThat(cut(joined(Arrays.copyOf(ONE, scan), endless, TWO), 1000)).containsExactly(TWO);
    }
}
