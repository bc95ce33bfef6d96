package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreDistribution;
import dev.lintel.face.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibratorTest {
    @TempDir
    Path folder;

    /** Different people's similarities spread evenly over 0..1, so that the rate at s is 1 - s. */
    private static Comparisons even(int n) {
        double[] impostors =
                IntStream.range(0, n).mapToDouble(i -> (i + 0.5) / n).toArray();
        return new Comparisons(
                new ErrorCurve(ScoreDistribution.of(0.95, 0.5), ScoreDistribution.of(impostors)),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                45);
    }

    @Test
    void shouldDeriveThePointsThatTheComparisonsCarry() {
        Calibrator.Result result = Calibrator.calibrate(even(40_000), 1e-3);
        assertThat(result.comparisons()).isEqualTo(40_000);
        assertThat(result.findings())
                .extracting(f -> f.refused().isEmpty())
                .containsExactly(true, true, true, false, false, false);
        assertThat(result.findings().get(3).refused().orElseThrow()).contains("needs 300,000", "there are 40,000");
        Calibration calibration = result.calibration().orElseThrow();
        assertThat(calibration.similarityAtDefault()).isEqualTo(0.9991, within(1e-4));
        assertThat(calibration.thresholds()).extracting(Calibration.Point::fmr).containsExactly(1e-1, 1e-2, 1e-3);
        assertThat(calibration.similarityAtFmr(1e-1)).isEqualTo(0.9, within(1.1e-4));
        assertThat(result.findings().get(0).samePersonAccepted()).isEqualTo(0.5);
    }

    @Test
    void shouldNeverExceedTheRateByRounding() {
        for (Calibrator.Finding finding :
                Calibrator.calibrate(even(40_007), 1e-3).findings()) {
            assertThat(finding.falseMatches()).isLessThanOrEqualTo((long) (finding.fmr() * 40_007));
        }
    }

    @Test
    void shouldRefuseTooFewComparisons() {
        assertThat(Calibrator.calibrate(even(2_900), 1e-3).calibration()).isEmpty();
    }

    @Test
    void shouldReplaceTheBlockAndNothingElse() throws IOException {
        String manifest = """
        # a pack
        id: x   # stays
        calibration:
          similarityAtDefault: 0.1
          thresholds:
          - {fmr: 1.0e-01, similarity: 0.05}
          source: "old"
        licence: MIT
        """;
        Calibration calibration =
                new Calibration(0.4, List.of(new Calibration.Point(1e-2, 0.3), new Calibration.Point(1e-3, 0.4)));
        Path file = Files.writeString(folder.resolve("manifest.yaml"), manifest);
        ManifestCalibration.write(file, calibration, "new \"set\"");
        assertThat(Files.readString(file)).isEqualTo("""
        # a pack
        id: x   # stays
        calibration:
          similarityAtDefault: 0.4000
          thresholds:
            - {fmr: 1.0e-02, similarity: 0.3000}
            - {fmr: 1.0e-03, similarity: 0.4000}
          source: "new \\"set\\""
        licence: MIT
        """);
        assertThat(ManifestCalibration.replace("id: x\n", calibration, "s")).startsWith("id: x\ncalibration:\n");
        assertThat(folder).satisfies(f -> assertThat(f.toFile().list()).hasSize(1));
    }
}
