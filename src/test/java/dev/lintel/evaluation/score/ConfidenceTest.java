package dev.lintel.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

    @Test
    void shouldGiveWilsonsInterval() {
        // the worked values of R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20
        assertThat(new Proportion(81, 263).wilson()).satisfies(i -> {
            assertThat(i.low()).isEqualTo(0.2553, within(5e-5));
            assertThat(i.high()).isEqualTo(0.3662, within(5e-5));
        });
        assertThat(new Proportion(15, 148).wilson()).satisfies(i -> {
            assertThat(i.low()).isEqualTo(0.0624, within(5e-5));
            assertThat(i.high()).isEqualTo(0.1605, within(5e-5));
        });
        assertThat(new Proportion(0, 20).wilson()).satisfies(i -> {
            assertThat(i.low()).isZero();
            assertThat(i.high()).isEqualTo(0.1611, within(5e-5));
        });
        assertThat(new Proportion(0, 0).wilson()).isEqualTo(new Interval(0, 1));
    }

    @Test
    void shouldRefuseMoreThanAll() {
        assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWidenWhereTrialsComeInClusters() {
        List<Proportion> independent = new java.util.ArrayList<>(Collections.nCopies(90, new Proportion(1, 1)));
        independent.addAll(Collections.nCopies(10, new Proportion(0, 1)));
        List<Proportion> clustered = new java.util.ArrayList<>(Collections.nCopies(9, new Proportion(10, 10)));
        clustered.add(new Proportion(0, 10));
        Interval narrow = ClusterBootstrap.interval(independent, 1);
        Interval wide = ClusterBootstrap.interval(clustered, 1);
        assertThat(narrow.low()).isBetween(0.80, 0.89);
        assertThat(narrow.high()).isBetween(0.91, 0.99);
        assertThat(wide.high() - wide.low()).isGreaterThan(1.5 * (narrow.high() - narrow.low()));
    }

    @Test
    void shouldRepeatWithTheSameSeed() {
        List<Proportion> clusters = List.of(new Proportion(1, 3), new Proportion(5, 5), new Proportion(0, 2));
        assertThat(ClusterBootstrap.interval(clusters, 5)).isEqualTo(ClusterBootstrap.interval(clusters, 5));
    }

    @Test
    void shouldTakePercentilesByNearestRank() {
        Percentiles p = new Percentiles(50, 15, 20, 35, 40);
        assertThat(p.at(30)).isEqualTo(20);
        assertThat(p.at(40)).isEqualTo(20);
        assertThat(p.at(50)).isEqualTo(35);
        assertThat(p.at(100)).isEqualTo(50);
        assertThat(new Percentiles().at(50)).isNaN();
    }
}
