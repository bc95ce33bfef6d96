package dev.lintel.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.GallerySize;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.FakeFaces;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThresholdPolicyTest {
    private final ThresholdPolicy policy =
            new ThresholdPolicy(FakeFaces.CALIBRATION, Configs.of(RecognitionConfig.class));

    /** With one template each. */
    private static GallerySize people(int count) {
        return new GallerySize(count, count);
    }

    @Test
    void shouldTakeTheAskersDistance() {
        Threshold threshold = policy.forSearch(OptionalDouble.of(0.6), people(1000));

        assertThat(threshold.source()).isEqualTo(Threshold.Source.REQUEST);
        assertThat(threshold.distance()).isEqualTo(0.6);
        assertThat(threshold.similarity()).isEqualTo(0.5, within(1e-9));
        assertThat(threshold.basis()).isEmpty();
    }

    @Test
    void shouldKeepTheShareOfAcceptedStrangersAtTheTargetForAnyGallery() {
        for (int templates : new int[] {1, 10, 1000, 100_000}) {
            Threshold.Basis basis = policy.forSearch(OptionalDouble.empty(), people(templates))
                    .basis()
                    .orElseThrow();

            double accepted = 1 - Math.pow(1 - basis.fmr(), templates);
            assertThat(accepted).isEqualTo(0.01, within(1e-9));
            assertThat(basis.size()).isEqualTo(people(templates));
        }
    }

    @Test
    void shouldGrowStricterWithTheGallery() {
        double small = policy.forSearch(OptionalDouble.empty(), people(10)).similarity();
        double large = policy.forSearch(OptionalDouble.empty(), people(1000)).similarity();

        assertThat(large).isGreaterThan(small);
    }

    @Test
    void shouldSayWhenTheRateWasNotMeasured() {
        assertThat(policy.forSearch(OptionalDouble.empty(), people(5))
                        .basis()
                        .orElseThrow()
                        .extrapolated())
                .isFalse();
        assertThat(policy.forSearch(OptionalDouble.empty(), people(5000))
                        .basis()
                        .orElseThrow()
                        .extrapolated())
                .isTrue();
    }

    @Test
    void shouldHaveAThresholdForAnEmptyGallery() {
        Threshold threshold = policy.forSearch(OptionalDouble.empty(), people(0));

        assertThat(threshold.similarity()).isEqualTo(0.40, within(1e-6));
        assertThat(threshold.basis().orElseThrow().size().templates()).isZero();
    }

    @Test
    void shouldUseTheRateOfOneComparisonForVerification() {
        Threshold threshold = policy.forComparison(OptionalDouble.empty());

        assertThat(threshold.source()).isEqualTo(Threshold.Source.FMR_TARGET);
        assertThat(threshold.similarity()).isEqualTo(0.45, within(1e-9));
    }

    @Test
    void shouldNameTheKeyThatIsWrong() {
        assertThatThrownBy(() -> Configs.of(RecognitionConfig.class, "fpir-target: 2.0"))
                .hasMessage("fpir-target: must be above 0 and at most 0.5 (0.01 is 1 %), was 2.0");
        assertThatThrownBy(() -> Configs.of(RecognitionConfig.class, "images-at-once: 0"))
                .hasMessage("images-at-once: must be 1..16, was 0");
    }
}
