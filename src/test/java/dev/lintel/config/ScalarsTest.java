package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {

    @ParameterizedTest
    @CsvSource({"10s,PT10S", "500ms,PT0.5S", "5m,PT5M", "2 h,PT2H", "1d,P1D", "PT10S,PT10S"})
    void shouldReadDurations(String text, Duration expected) {
        assertThat(Scalars.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "ten seconds", "-5s", "10 parsecs"})
    void shouldRefuseOtherDurations(String text) {
        assertThatThrownBy(() -> Scalars.duration(text)).hasMessageStartingWith("must be a duration such as");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "20MB,20000000", "1GiB,1073741824", "4 kib,4096", "12b,12"})
    void shouldReadSizes(String text, long expected) {
        assertThat(Scalars.size(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5MB", "20 apples", "99999999999999999999", "99999999999GB"})
    void shouldRefuseOtherSizes(String text) {
        assertThatThrownBy(() -> Scalars.size(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
