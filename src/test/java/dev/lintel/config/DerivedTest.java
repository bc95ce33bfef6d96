package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedTest {
    /** Boards have a little less than they are sold with. */
    @ParameterizedTest
    @CsvSource({"1, 430, 1", "4, 430, 1", "4, 920, 1", "4, 1850, 3", "4, 3800, 4", "2, 3800, 2", "16, 64000, 4"})
    void shouldWorkOnNoMoreImagesAtOnceThanMemoryHolds(int cores, long megabytes, int workers) {
        assertThat(Derived.workers(cores, megabytes << 20)).isEqualTo(workers);
    }
}
