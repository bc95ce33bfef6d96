package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.EncodedImage;
import dev.lintel.testkit.ShippedModels;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFrameTest {
    private static final Path FACES = Path.of("src/test/resources/faces");

    /** 6x4 pixels, each with its own grey: column + 10 times row, in rows with a gap. */
    private static VideoFrame numbered(FrameView view) {
        int stride = 3 * 6 + 14;
        ByteBuffer bgr = ByteBuffer.allocateDirect(4 * stride);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 6; x++) {
                for (int c = 0; c < 3; c++) {
                    bgr.put(y * stride + 3 * x + c, (byte) (x + 10 * y));
                }
            }
        }
        return new VideoFrame(bgr, 6, 4, stride, view);
    }

    /** Corners of the picture as it is looked at: top left, top right, bottom left. */
    @ParameterizedTest
    @CsvSource({
        "0, false, 0, 5, 30, 6, 4",
        "90, false, 30, 0, 35, 4, 6",
        "180, false, 35, 30, 5, 6, 4",
        "270, false, 5, 35, 0, 4, 6",
        "0, true, 5, 0, 35, 6, 4",
        "90, true, 0, 30, 5, 4, 6",
        "180, true, 30, 35, 0, 6, 4",
        "270, true, 35, 5, 30, 4, 6"
    })
    void shouldTurnThenFlip(
            int turn, boolean mirrored, int topLeft, int topRight, int bottomLeft, int width, int height) {
        VideoFrame frame = numbered(new FrameView(turn, mirrored, 0, 0, 1, 1));
        try (GreyScaler scaler = new GreyScaler(100)) {
            scaler.scale(frame);
            GreyImage seen = scaler.image();
            assertThat(List.of(seen.width(), seen.height())).containsExactly(width, height);
            assertThat(List.of(frame.seenWidth(), frame.seenHeight())).containsExactly(width, height);
            assertThat(List.of(seen.at(0, 0), seen.at(width - 1, 0), seen.at(0, height - 1)))
                    .containsExactly(topLeft, topRight, bottomLeft);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, 23", "90, false, 13", "180, false, 12", "270, false, 22", "0, true, 22", "90, true, 23"})
    void shouldCutAfterTurningAndFlipping(int turn, boolean mirrored, int topLeft) {
        boolean swapped = turn % 180 == 90;
        VideoFrame frame = numbered(new FrameView(turn, mirrored, 0.5, 0.5, 1, 1));
        try (GreyScaler scaler = new GreyScaler(100)) {
            scaler.scale(frame);
            assertThat(List.of(scaler.width(), scaler.height())).isEqualTo(swapped ? List.of(2, 3) : List.of(3, 2));
            assertThat(scaler.image().at(0, 0)).isEqualTo(topLeft);
        }
    }

    @Test
    void shouldTellAPictureWithoutColour() {
        ByteBuffer bgr = ByteBuffer.allocateDirect(64 * 64 * 3);
        for (int i = 0; i < bgr.capacity(); i++) {
            bgr.put(i, (byte) (i * 31));
        }
        VideoFrame coloured = new VideoFrame(bgr, 64, 64, 64 * 3, FrameView.PLAIN);
        try (GreyScaler scaler = new GreyScaler(64)) {
            scaler.scale(coloured);
            assertThat(scaler.image().colourless()).isFalse();
            byte[] before = scaler.image().pixels();

            scaler.scale(coloured.grey());

            assertThat(scaler.image().colourless()).isTrue();
            for (int i = 0; i < before.length; i++) {
                assertThat(scaler.image().pixels()[i] & 0xff).isCloseTo(before[i] & 0xff, within(1));
            }
        }
    }

    @Test
    void shouldRefuseABufferThatIsTooSmall() {
        assertThatThrownBy(() -> new VideoFrame(ByteBuffer.allocateDirect(10), 6, 4, 18, FrameView.PLAIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VideoFrame(ByteBuffer.allocate(100), 6, 4, 18, FrameView.PLAIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFindTheFaceOfAFrameHoweverTheCameraHangs() throws Exception {
        try (FaceReader reader = ShippedModels.reader()) {
            EncodedImage photo = new EncodedImage(Files.readAllBytes(FACES.resolve("03-a.jpg")));
            SeenFace expected = reader.read(photo).fold(seen -> seen.faces().get(0), refusal -> null);
            VideoFrame upright = new StillDecoder(50_000_000).decode(photo, FrameView.PLAIN);

            List<SeenFace> seen = reader.look(upright, 480);

            assertThat(seen).hasSize(1);
            assertThat(seen.get(0).box().overlap(expected.box())).isGreaterThan(0.85f);
            assertThat(seen.get(0).aligned().side()).isEqualTo(112);
            assertThat(seen.get(0).surroundings().side()).isEqualTo(SeenFace.SURROUNDINGS);

            EncodedImage turned = new FrameEncoder(2000)
                    .jpeg(new VideoFrame(
                            upright.bgr(),
                            upright.width(),
                            upright.height(),
                            upright.stride(),
                            new FrameView(90, false, 0, 0, 1, 1)));
            VideoFrame hung = new StillDecoder(50_000_000).decode(turned, new FrameView(270, false, 0, 0, 1, 1));
            assertThat(reader.look(hung, 480))
                    .singleElement()
                    .satisfies(face ->
                            assertThat(face.box().overlap(seen.get(0).box())).isGreaterThan(0.85f));
        }
    }

    @Test
    void shouldEncodeNoLargerThanAsked() {
        EncodedImage jpeg = new FrameEncoder(3).jpeg(numbered(new FrameView(90, false, 0, 0, 1, 1)));
        ImageHeader header = ImageHeader.read(jpeg.bytes()).fold(h -> h, refusal -> null);

        assertThat(List.of(header.width(), header.height())).containsExactly(2, 3);
        assertThat(header.format()).isEqualTo(ImageFormat.JPEG);
    }
}
