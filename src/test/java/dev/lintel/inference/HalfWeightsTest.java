package dev.lintel.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfWeightsTest {

    @ParameterizedTest
    @CsvSource({
        "0x0000, 0",
        "0x3c00, 1",
        "0xc000, -2",
        "0x3555, 0.33325195",
        "0x7bff, 65504",
        "0x0400, 6.1035156e-5",
        "0x0001, 5.9604645e-8",
        "0x83ff, -6.097555e-5",
        "0x7c00, Infinity",
        "0xfc00, -Infinity"
    })
    void shouldKeepEveryHalfFloatAsItIs(String half, float single) {
        assertThat(HalfWeights.single(Integer.decode(half).shortValue())).isEqualTo(single);
    }

    @Test
    void shouldKeepWhatIsNoNumber() {
        assertThat(HalfWeights.single((short) 0x7e00)).isNaN();
    }
}
