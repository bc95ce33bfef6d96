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

    @Test
    void shouldFollowTheCurveOfAsManyLooksAndTemplates() {
        List<Point> one = List.of(new Point(1e-1, 0.2), new Point(1e-3, 0.4));
        List<Point> more = List.of(new Point(1e-1, 0.24), new Point(1e-3, 0.44));
        Calibration measured = new Calibration(
                0.4,
                one,
                List.of(
                        new Calibration.Looks(1, 4, more),
                        new Calibration.Looks(2, 1, more),
                        new Calibration.Looks(2, 4, more)),
                0.5);
        LookCount two = new LookCount(2, Math.sqrt(0.75));

        assertThat(measured.similarityAtFmr(1e-3, LookCount.ONE, 1)).isCloseTo(0.4, within(1e-9));
        assertThat(measured.similarityAtFmr(1e-3, LookCount.ONE, 4)).isCloseTo(0.44, within(1e-9));
        assertThat(measured.similarityAtFmr(1e-3, LookCount.ONE, 2)).isCloseTo(0.42, within(1e-9));
        assertThat(measured.similarityAtFmr(1e-3, two, 1)).isCloseTo(0.44, within(1e-9));
        assertThat(measured.similarityAtFmr(1e-3, new LookCount(2, 1), 1)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void shouldAskForTheMeanOfTheLooksWhereOnlySingleOnesWereMeasured() {
        LookCount two = new LookCount(2, 0.9);

        assertThat(calibration.similarityAtFmr(1e-2, two, 1)).isCloseTo(0.3 / 0.9, within(1e-9));
        assertThat(calibration.similarityAtFmr(1e-2, LookCount.ONE, 10))
                .isCloseTo(calibration.similarityAtFmr(1 - Math.pow(0.99, 0.1)), within(1e-9));
    }

    @Test
    void shouldRefuseCurvesThatLeaveAGap() {
        List<Point> points = List.of(new Point(1e-1, 0.2), new Point(1e-3, 0.4));
        assertThatThrownBy(() -> new Calibration(0.4, points, List.of(new Calibration.Looks(2, 3, points)), 0.5))
                .hasMessageContaining("looks: each number of looks");
        assertThatThrownBy(() -> new Calibration.Looks(1, 1, points)).hasMessageContaining("thresholds itself");
    }

    @Test
    void shouldCountLooksByHowMuchTheyDiffer() {
        assertThat(new LookCount(3, 1).different(0.6)).isEqualTo(1);
        assertThat(new LookCount(3, Math.sqrt(0.6 + 0.4 / 3)).different(0.6)).isCloseTo(3, within(1e-9));
        assertThat(new LookCount(3, 0.1).different(0.6)).isEqualTo(3);
        assertThat(new LookCount(2, Math.sqrt(0.9)).different(0.6)).isBetween(1.2, 1.5);
    }
}
