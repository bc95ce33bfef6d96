package dev.lintel.store.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortionSizeTest {
    private final PortionSize size = new PortionSize();

    /** A disk on which a template takes so long. */
    private void writes(int portions, long microsEach) {
        for (int i = 0; i < portions; i++) {
            size.took(size.now() * microsEach * 1000);
        }
    }

    @Test
    void shouldTakeAboutSixMillisecondsWhateverTheDisk() {
        writes(30, 40);
        assertThat(size.now()).isBetween(145, 155);

        writes(1, 100);
        assertThat(size.now()).isBetween(58, 61);
    }

    @Test
    void shouldNotStopOnADiskThatHangsNorHoldADoorUpForLong() {
        writes(5, 1_000_000);
        assertThat(size.now()).isEqualTo(50);

        writes(60, 0);
        assertThat(size.now()).isEqualTo(500);
    }
}
