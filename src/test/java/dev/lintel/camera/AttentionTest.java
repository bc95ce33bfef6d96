package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final int FPS = 10;
    private final Attention attention = new Attention();
    private long now = Duration.ofDays(1).toNanos();

    /** How many of the frames of this time were searched. */
    private int looks(int seconds, boolean moved, boolean face) {
        int looks = 0;
        for (int i = 0; i < seconds * FPS; i++) {
            now += Duration.ofMillis(1000 / FPS).toNanos();
            if (attention.wants(moved, now)) {
                looks++;
                attention.found(face, now);
            }
        }
        return looks;
    }

    @Test
    void shouldGlanceAtAnIdleSceneEveryFewSeconds() {
        looks(10, false, false);

        assertThat(looks(60, false, false)).isEqualTo(30);
    }

    @Test
    void shouldLookAtEveryFrameWhileSomethingMovesAndForAWhileAfter() {
        looks(10, false, false);

        assertThat(looks(5, true, false)).isEqualTo(5 * FPS);
        assertThat(looks(3, false, false)).isEqualTo(3 * FPS);
        assertThat(looks(20, false, false)).isLessThanOrEqualTo(11);
    }

    @Test
    void shouldFollowAFaceThatStandsStill() {
        looks(10, false, false);
        looks(1, true, true);

        assertThat(looks(25, false, true)).isEqualTo(25 * FPS);
    }

    @Test
    void shouldTireOfAPoster() {
        looks(60, false, true);

        assertThat(looks(60, false, true)).isEqualTo(30);
    }
}
