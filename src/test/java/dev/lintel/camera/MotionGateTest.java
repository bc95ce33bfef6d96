package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MotionGateTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private final Random random = new Random(3);
    private final MotionGate gate = new MotionGate(0.005);

    private boolean moved(int light, int x) {
        byte[] grey = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (light + 2 * random.nextGaussian());
        }
        for (int y = 50; y < 66 && x >= 0; y++) {
            for (int i = x; i < x + 14; i++) {
                grey[y * WIDTH + i] = (byte) (light + 50);
            }
        }
        return gate.moved(grey, grey.length);
    }

    private void settle(int light, int x) {
        for (int i = 0; i < 60; i++) {
            moved(light, x);
        }
    }

    @Test
    void shouldNotSeeNoise() {
        settle(90, -1);

        for (int i = 0; i < 200; i++) {
            assertThat(moved(90, -1)).isFalse();
        }
    }

    @Test
    void shouldSeeAFaceSizedThingCome() {
        settle(90, -1);

        assertThat(moved(90, 20)).isTrue();
        assertThat(moved(90, 24)).isTrue();
    }

    @Test
    void shouldGetUsedToWhatStays() {
        settle(90, -1);
        settle(90, 20);

        assertThat(moved(90, 20)).isFalse();
    }

    @Test
    void shouldNotTakeAChangeOfLightForMotion() {
        settle(90, -1);

        assertThat(moved(125, -1)).isFalse();
    }

    @Test
    void shouldCountTheFirstPictureAndEveryOneWithoutAThreshold() {
        assertThat(moved(90, -1)).isTrue();
        MotionGate open = new MotionGate(0);
        byte[] grey = new byte[100];
        assertThat(open.moved(grey, 100)).isTrue();
        assertThat(open.moved(grey, 100)).isTrue();
    }
}
