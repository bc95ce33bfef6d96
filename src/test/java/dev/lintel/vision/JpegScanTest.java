package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JPEGs as cameras write and lose them, made by chance; the decoder's pixels tell how much is really there. */
class JpegScanTest {
    private static final int[][] KINDS = {
        {},
        {opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1},
        {opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1},
        {opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 1},
        {opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 7},
        {opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444},
        {opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_422},
        {opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_411}
    };
    /** More of them: {@code -Dlintel.cases=1000 -Dlintel.seed=7}. */
    private static final int CASES_OF_A_KIND = Integer.getInteger("lintel.cases", 60);

    private static final long SEED = Long.getLong("lintel.seed", 0L);

    private final ImageDecoder decoder = new ImageDecoder();

    static IntStream kinds() {
        return IntStream.range(0, KINDS.length + 1);
    }

    private static byte[] picture(int kind, Random random) {
        int type = kind == KINDS.length ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage noise = new BufferedImage(90 + random.nextInt(60), 100 + random.nextInt(60), type);
        for (int y = 0; y < noise.getHeight(); y++) {
            for (int x = 0; x < noise.getWidth(); x++) {
                noise.setRGB(x, y, random.nextInt());
            }
        }
        return kind == KINDS.length ? Pictures.jdk(noise, "jpg") : Pictures.cv(noise, ".jpg", KINDS[kind]);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFindThatAWholePictureIsWholeWhateverStandsBetweenItsMarkers(int kind) throws IOException {
        Random random = new Random(SEED + kind);
        for (int i = 0; i < CASES_OF_A_KIND; i++) {
            byte[] whole = picture(kind, random);
            byte[] jpeg = reworked(whole, random);

            String shown = "seed " + SEED + ", kind " + kind + ", case " + i;
            assertThat(JpegScan.intact(jpeg)).as(shown).isEqualTo(1);
            assertThat(really(whole, jpeg)).as(shown).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldSayHowMuchIsThereOfAPictureThatIsCutOff(int kind) throws IOException {
        Random random = new Random(SEED + 100 + kind);
        for (int i = 0; i < CASES_OF_A_KIND; i++) {
            byte[] whole = picture(kind, random);
            int data = firstScan(whole);
            int from = data + random.nextInt(whole.length - data - 2);
            byte[] cut = Arrays.copyOf(whole, from + 2);
            boolean ended = random.nextBoolean();
            cut[from] = (byte) (ended ? 0xff : 0);
            cut[from + 1] = (byte) (ended ? 0xd9 : 0);
            byte[] jpeg = ended ? cut : Arrays.copyOf(cut, from);

            double intact = JpegScan.intact(jpeg);

            String shown = "kind " + kind + ", case " + i + ", cut at " + from + " of " + whole.length;
            if (kind == 2) {
                assertThat(intact).as(shown).isBetween(0.0, 1.0);
            } else {
                assertThat(intact).as(shown).isEqualTo(really(whole, jpeg), within(0.2));
                assertThat(intact).as(shown).isEqualTo((from - data) / (double) (whole.length - data), within(0.12));
            }
        }
    }

    /** The share of the rows that are as in the whole picture. */
    private double really(byte[] whole, byte[] cut) throws IOException {
        try (Picture a = decoder.decode(whole, header(whole), Orientation.UPRIGHT, 1);
                Picture b = decoder.decode(cut, header(cut), Orientation.UPRIGHT, 1)) {
            byte[] one = new byte[3 * a.width()];
            byte[] other = new byte[3 * a.width()];
            for (int y = 0; y < a.height(); y++) {
                a.pixels().ptr(y).get(one);
                b.pixels().ptr(y).get(other);
                if (!Arrays.equals(one, other)) {
                    return y / (double) a.height();
                }
            }
            return 1;
        }
    }

    @Test
    void shouldNoticeALostPartBetweenRestartMarkers() {
        byte[] jpeg = picture(4, new Random(3));
        int data = firstScan(jpeg);
        List<Integer> restarts = new ArrayList<>();
        for (int i = data; i < jpeg.length - 1; i++) {
            if (jpeg[i] == (byte) 0xff && (jpeg[i + 1] & 0xf8) == 0xd0) {
                restarts.add(i);
            }
        }
        int middle = restarts.get(restarts.size() / 2);
        int next = restarts.get(restarts.size() / 2 + 1);
        ByteArrayOutputStream lost = new ByteArrayOutputStream();
        lost.write(jpeg, 0, middle);
        lost.write(jpeg, next, jpeg.length - next);

        assertThat(JpegScan.intact(lost.toByteArray())).isBetween(0.3, 0.7);
    }

    /** As video cameras write single pictures: their tables are the standard ones. */
    @Test
    void shouldReadAPictureWithoutTables() throws IOException {
        byte[] jpeg = picture(0, new Random(5));
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        int at = 2;
        bare.write(jpeg, 0, 2);
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            if ((jpeg[at + 1] & 0xff) != 0xc4) {
                bare.write(jpeg, at, length);
            }
            at += length;
        }
        bare.write(jpeg, at, jpeg.length - at);

        assertThat(JpegScan.intact(bare.toByteArray())).isEqualTo(1);
        assertThat(really(jpeg, bare.toByteArray())).isEqualTo(1);
    }

    @Test
    void shouldAnswerAnyBytes() {
        Random random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            byte[] jpeg = picture(i % KINDS.length, random);
            for (int k = random.nextInt(30); k > 0; k--) {
                jpeg[random.nextInt(jpeg.length)] = (byte) random.nextInt();
            }

            assertThat(JpegScan.intact(jpeg)).isBetween(0.0, 1.0);
        }
    }

    /** Tables, frame and segments of programs in any order, all of which come before the first scan. */
    private static byte[] shuffled(byte[] jpeg, Random random) {
        List<byte[]> segments = new ArrayList<>();
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            byte[] segment = Arrays.copyOfRange(jpeg, at, at + length);
            segments.add(segment);
            if ((segment[1] & 0xff) == 0xdb && random.nextInt(4) == 0) {
                segments.add(segment);
            }
            at += length;
        }
        Collections.shuffle(segments, random);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        segments.forEach(out::writeBytes);
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    /** With comments, fill bytes, segments of programs, an end that is missing or followed by something; half of them in another order. */
    private static byte[] reworked(byte[] whole, Random random) {
        byte[] jpeg = random.nextBoolean() ? shuffled(whole, random) : whole;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            if (random.nextInt(3) == 0) {
                int length = random.nextInt(40);
                byte[] data = new byte[length];
                random.nextBytes(data);
                out.write(0xff);
                out.write(random.nextBoolean() ? 0xfe : 0xe3 + random.nextInt(9));
                out.write(0);
                out.write(length + 2);
                out.writeBytes(data);
            }
            for (int fill = random.nextInt(3); fill > 0; fill--) {
                out.write(0xff);
            }
            int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            out.write(jpeg, at, length);
            at += length;
        }
        boolean ended = random.nextInt(3) > 0;
        out.write(jpeg, at, jpeg.length - at - (ended ? 0 : 2));
        if (ended && random.nextInt(3) == 0) {
            out.writeBytes(new byte[random.nextInt(200)]);
        }
        return out.toByteArray();
    }

    private static int firstScan(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        return at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
    }

    private static ImageHeader header(byte[] bytes) {
        return ImageHeader.read(bytes).fold(h -> h, refusal -> {
            throw new AssertionError(refusal.toString());
        });
    }
}
