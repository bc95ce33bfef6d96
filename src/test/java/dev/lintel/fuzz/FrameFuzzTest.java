package dev.lintel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.EncodedImage;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.StillDecoder;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pictures as a camera gives them that lies: damaged ones, and small ones that claim to be large. Each is a frame of no more pixels
 * than allowed, or an exception with words; and at the end the process is as small as it was.
 *
 * <p>{@code -Dframes.count=10000} looks at more of them, {@code -Dframes.seed=N} at others.
 */
@Tag("slow")
@Tag("fuzz")
class FrameFuzzTest {
    private static final int COUNT = Integer.getInteger("frames.count", 90);
    private static final long SEED = Long.getLong("frames.seed", 20_261_130L);
    private static final int MAX_PIXELS = 16_800_000;
    private static final long SLACK_MB = 160;
    private static final long PID = ProcessHandle.current().pid();

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final StillDecoder decoder = new StillDecoder(MAX_PIXELS);

    @Test
    void shouldBearFramesOfCamerasThatLie() throws Exception {
        Map<String, byte[]> seeds = Seeds.of(Seeds.resource("/faces/01-a.jpg"));
        List<byte[]> sound = List.copyOf(seeds.values());
        List<Bombs.Bomb> bombs = Bombs.all(seeds.get("jpeg"), seeds.get("progressive jpeg"));
        look(sound, bombs, 0, COUNT / 3);
        Footprint before = Footprint.of(PID);
        look(sound, bombs, COUNT / 3, COUNT);
        Footprint after = Footprint.of(PID);
        System.out.printf(
                "frames: seed %d, %d frames, %s%n  after a third %s%n  at the end    %s%n",
                SEED, COUNT, outcomes, before, after);

        assertThat(decoder.decode(new EncodedImage(seeds.get("jpeg")), FrameView.PLAIN)
                        .width())
                .isPositive();
        assertThat(after.outsideHeap()).as("MB outside the heap").isLessThan(before.outsideHeap() + SLACK_MB);
        assertThat(after.usedHeap()).as("MB of live objects").isLessThan(before.usedHeap() + 40);
    }

    /** The n-th frame is the same every time. */
    private void look(List<byte[]> sound, List<Bombs.Bomb> bombs, int from, int to) {
        for (int n = from; n < to; n++) {
            Random random = new Random(SEED * 1_000_003L + n);
            byte[] frame = random.nextInt(10) == 0
                    ? bombs.get(random.nextInt(bombs.size())).bytes()
                    : Mutations.mutate(sound.get(random.nextInt(sound.size())), random);
            String outcome;
            try {
                VideoFrame decoded = decoder.decode(new EncodedImage(frame), FrameView.PLAIN);
                assertThat((long) decoded.width() * decoded.height())
                        .as("frame %d", n)
                        .isBetween(1L, (long) MAX_PIXELS);
                outcome = "decoded";
            } catch (IOException e) {
                assertThat(e.getMessage()).as("frame %d", n).isNotBlank();
                outcome = "refused";
            }
            outcomes.merge(outcome, 1, Integer::sum);
        }
    }
}
