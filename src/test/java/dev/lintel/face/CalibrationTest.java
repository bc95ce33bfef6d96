package dev.lintel.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.Calibration.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final Calibration calibration =
            new Calibration(0.4, List.of(new Point(1e-3, 0.4), new Point(1e-1, 0.2), new Point(1e-2, 0.3)));

    @Test
    void shouldPutIdenticalFacesAtZeroAndTheOperatingPointAtItsDistance() {
        assertThat(calibration.toDistance(1)).isZero();
        assertThat(calibration.toDistance(0.4)).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void shouldConvertBothWaysOverTheWholeRange() {
        for (double s = -1; s <= 1; s += 0.01) {
            assertThat(calibration.toSimilarity(calibration.toDistance(s))).isCloseTo(s, within(1e-9));
        }
    }

    @Test
    void shouldInterpolateTheFalseMatchRateInItsLogarithm() {
        assertThat(calibration.similarityAtFmr(1e-2)).isCloseTo(0.3, within(1e-9));
        assertThat(calibration.similarityAtFmr(Math.pow(10, -2.5))).isCloseTo(0.35, within(1e-9));
    }

    @Test
    void shouldExtrapolateBeyondWhatWasMeasuredAndSaySo() {
        assertThat(calibration.similarityAtFmr(1e-4)).isCloseTo(0.5, within(1e-9));
        assertThat(calibration.extrapolated(1e-4)).isTrue();
        assertThat(calibration.extrapolated(1e-3)).isFalse();
        assertThat(calibration.similarityAtFmr(1e-30)).isLessThan(1);
    }

    @Test
    void shouldRefuseACurveThatFallsBack() {
        assertThatThrownBy(() -> new Calibration(0.4, List.of(new Point(1e-1, 0.4), new Point(1e-2, 0.3))))
                .hasMessageContaining("thresholds");
    }
}
