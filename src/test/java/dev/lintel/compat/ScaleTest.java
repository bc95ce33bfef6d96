package dev.lintel.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.recognition.Threshold;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    private static Threshold at(double similarity) {
        return new Threshold(0.6, similarity, Threshold.Source.FPIR_TARGET, Optional.empty());
    }

    /** Worked out apart from this code, for a threshold of 0.4244. */
    @ParameterizedTest
    @CsvSource({"0.5001,0.684", "0.5622,0.810", "0.6371,0.912", "0.75,0.980"})
    void shouldKeepTheShapeOfCompreFacesCurve(double cosine, double similarity) {
        assertThat(Scale.compreFace(cosine, at(0.4244), true)).isEqualTo(similarity, within(0.0011));
    }

    @Test
    void shouldPutTheirLimitsExactlyAtTheThreshold() {
        for (double t = -0.2; t < 0.95; t += 0.01) {
            for (double step : new double[] {0, 1e-9, 1e-7, 1e-6, 1e-5, 1e-3, 0.05}) {
                assertThat(Scale.compreFace(t + step, at(t), true)).isBetween(0.5, 1.0);
                assertThat(Scale.deepStack(t + step, at(t), true)).isBetween(0.67, 1.0);
                assertThat(Scale.compreFace(t - step - 1e-12, at(t), false)).isBetween(0.0, 0.49999);
                assertThat(Scale.deepStack(t - step - 1e-12, at(t), false)).isBetween(0.0, 0.66999);
            }
        }
    }

    @Test
    void shouldNeverCallSomebodyKnownWhoIsNot() {
        assertThat(Scale.compreFace(0.9, at(0.4), false)).isEqualTo(0.49999);
        assertThat(Scale.deepStack(0.9, at(0.4), false)).isEqualTo(0.66999);
    }

    @Test
    void shouldRiseWithTheSimilarity() {
        double before = -1;
        for (double c = -1; c <= 1; c += 0.001) {
            double now = Scale.deepStack(c, at(0.42), c >= 0.42);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(Scale.deepStack(1, at(0.42), true)).isEqualTo(1);
        assertThat(Scale.deepStack(-1, at(0.42), false)).isZero();
    }
}
