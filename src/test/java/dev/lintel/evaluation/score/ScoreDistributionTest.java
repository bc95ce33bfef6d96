package dev.lintel.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreDistributionTest {

    @Test
    void shouldCountRepeatedScores() {
        ScoreDistribution d = ScoreDistribution.of(0.5, 0.5, 0.5, 0.2);
        assertThat(d.atOrAbove(0.5)).isEqualTo(3);
        assertThat(d.atOrAbove(0.2)).isEqualTo(4);
        assertThat(d.atOrAbove(0.500001)).isZero();
        assertThat(d.thresholdFor(3)).isEqualTo(Math.nextUp(0.2));
        assertThat(d.thresholdFor(2)).isEqualTo(Math.nextUp(0.5));
        assertThat(d.thresholdFor(4)).isEqualTo(0.2);
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> ScoreDistribution.of(0.1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldShareScoresAmongBins() {
        assertThat(ScoreDistribution.of(-5, 0.1, 0.6, 7).shares(0, 1, 2)).containsExactly(0.5, 0.5);
        assertThat(ScoreDistribution.of(Double.NEGATIVE_INFINITY, 0.6).shares(0, 1, 2))
                .containsExactly(0, 0.5);
    }

    @Test
    void shouldAgreeWithExactCountsToOneStepOfTheHistogram() {
        Random random = new Random(7);
        double[] scores = random.doubles(5000, -1, 1).toArray();
        ScoreHistogram histogram = new ScoreHistogram();
        ScoreHistogram other = new ScoreHistogram();
        for (int i = 0; i < scores.length; i++) {
            (i % 2 == 0 ? histogram : other).add(scores[i]);
        }
        other.addFailed();
        histogram.add(other);
        ScoreDistribution exact = ScoreDistribution.of(scores);
        ScoreDistribution binned = histogram.toDistribution();
        assertThat(binned.total()).isEqualTo(5001);
        for (double t : new double[] {-0.9, -0.3333, 0, 0.12345, 0.5, 0.99}) {
            assertThat(binned.atOrAbove(t))
                    .isBetween(exact.atOrAbove(t + ScoreHistogram.STEP), exact.atOrAbove(t - ScoreHistogram.STEP));
        }
    }

    @Test
    void shouldHoldTheEndsOfTheSimilarityScale() {
        ScoreHistogram histogram = new ScoreHistogram();
        histogram.add(1.0000001);
        histogram.add(-1);
        histogram.add(1);
        assertThat(histogram.toDistribution().atOrAbove(0.9999)).isEqualTo(2);
        assertThat(histogram.toDistribution().atOrAbove(-1)).isEqualTo(3);
    }
}
