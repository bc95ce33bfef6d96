package dev.lintel.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorCurveTest {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** By hand: genuine .9 .8 .7 .4, impostors .6 .5 .3 .2 .1. */
    private static final ErrorCurve CURVE =
            new ErrorCurve(ScoreDistribution.of(0.9, 0.8, 0.7, 0.4), ScoreDistribution.of(0.6, 0.5, 0.3, 0.2, 0.1));

    @Test
    void shouldCountBothErrorsAtAThreshold() {
        assertThat(CURVE.at(0.5)).isEqualTo(new ErrorCurve.Point(0.5, 2.0 / 5, 1.0 / 4));
        assertThat(CURVE.at(0.51)).isEqualTo(new ErrorCurve.Point(0.51, 1.0 / 5, 1.0 / 4));
        assertThat(CURVE.at(1)).isEqualTo(new ErrorCurve.Point(1, 0, 1));
        assertThat(CURVE.at(0)).isEqualTo(new ErrorCurve.Point(0, 1, 0));
    }

    @Test
    void shouldFindSmallestThresholdWithinAFalseAcceptRate() {
        assertThat(CURVE.thresholdAtFalseAccept(0.4)).isEqualTo(Math.nextUp(0.3));
        assertThat(CURVE.at(CURVE.thresholdAtFalseAccept(0.4)).falseReject())
                .as("the genuine .4 is accepted")
                .isZero();
        assertThat(CURVE.thresholdAtFalseAccept(0.39)).isEqualTo(Math.nextUp(0.5));
        assertThat(CURVE.thresholdAtFalseAccept(0.2)).isEqualTo(Math.nextUp(0.5));
        assertThat(CURVE.thresholdAtFalseAccept(0.19)).isEqualTo(Math.nextUp(0.6));
        assertThat(CURVE.impostor().atOrAbove(CURVE.thresholdAtFalseAccept(0.01)))
                .isZero();
    }

    @Test
    void shouldFindWhereTheErrorsAreEqual() {
        // at 0.6: one of five impostors accepted, one of four genuine rejected: (0.2 + 0.25) / 2
        assertThat(CURVE.equalErrorRate()).isEqualTo(0.225, within(1e-12));
        assertThat(new ErrorCurve(ScoreDistribution.of(0.9, 0.8), ScoreDistribution.of(0.1, 0.2)).equalErrorRate())
                .isZero();
        assertThat(new ErrorCurve(ScoreDistribution.of(0.1), ScoreDistribution.of(0.9)).equalErrorRate())
                .isEqualTo(1);
        assertThat(new ErrorCurve(ScoreDistribution.of(0.1), ScoreDistribution.of()).equalErrorRate())
                .isNaN();
    }

    @Test
    void shouldRejectFailedComparisonsAtEveryThreshold() {
        ErrorCurve curve = new ErrorCurve(ScoreDistribution.of(NEVER, 0.5), ScoreDistribution.of(NEVER, 0.1));
        assertThat(curve.at(-1)).isEqualTo(new ErrorCurve.Point(-1, 0.5, 0.5));
        assertThat(curve.points()).allSatisfy(p -> assertThat(p.threshold()).isFinite());
    }

    @Test
    void shouldDrawFromAllAcceptedToAllRejected() {
        assertThat(CURVE.points().get(0)).isEqualTo(new ErrorCurve.Point(0.1, 1, 0));
        assertThat(CURVE.points().get(CURVE.points().size() - 1)).satisfies(p -> {
            assertThat(p.falseAccept()).isZero();
            assertThat(p.falseReject()).isEqualTo(1);
        });
    }
}
