package dev.lintel.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.evaluation.score.LfwProtocol.Fold;
import java.util.List;
import org.junit.jupiter.api.Test;

class LfwProtocolTest {

    @Test
    void shouldJudgeEachFoldWithTheThresholdOfTheOthers() {
        Fold low = new Fold(new double[] {0.50, 0.60}, new double[] {0.10, 0.20});
        Fold high = new Fold(new double[] {0.80, 0.90}, new double[] {0.60, 0.70});
        // fold "low" with the threshold of "high", 0.75: both mated pairs are lost
        // fold "high" with that of "low", 0.35: both non-mated pairs match
        LfwProtocol.Result result = LfwProtocol.evaluate(List.of(low, high));
        assertThat(result.thresholds().get(0)).isEqualTo(0.75, within(1e-12));
        assertThat(result.thresholds().get(1)).isEqualTo(0.35, within(1e-12));
        assertThat(result.folds()).containsExactly(0.5, 0.5);
        assertThat(result.accuracy()).isEqualTo(0.5);
        assertThat(result.standardError()).isZero();
    }

    @Test
    void shouldGiveTheStandardErrorOfTheMean() {
        Fold clean = new Fold(new double[] {0.9}, new double[] {0.1});
        Fold lost = new Fold(new double[] {Double.NEGATIVE_INFINITY}, new double[] {0.1});
        LfwProtocol.Result result = LfwProtocol.evaluate(List.of(clean, clean, clean, lost));
        assertThat(result.folds()).containsExactly(1.0, 1.0, 1.0, 0.5);
        assertThat(result.accuracy()).isEqualTo(0.875);
        assertThat(result.standardError()).isEqualTo(0.125, within(1e-12)); // deviation 0.25 / sqrt(4)
    }

    @Test
    void shouldRefuseASingleFold() {
        assertThatThrownBy(() -> LfwProtocol.evaluate(List.of(new Fold(new double[] {1}, new double[] {0}))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
