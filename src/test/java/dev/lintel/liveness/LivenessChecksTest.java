package dev.lintel.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.face.Quality;
import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.inference.Network;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.SeenFace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class LivenessChecksTest {

    private static SeenFace face(IntUnaryOperator greyAtPixel) {
        byte[] rgb = new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) greyAtPixel.applyAsInt(i / 3);
        }
        byte[] around = new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3];
        java.util.Arrays.fill(around, (byte) 7);
        return new SeenFace(
                new FaceBox(0, 0, 100, 100),
                new Landmarks(
                        new Point(38, 52), new Point(74, 52), new Point(56, 72), new Point(42, 92), new Point(71, 92)),
                0.9,
                new Quality(1, 100, 0, 0, 0, 0, 0, 0, List.of()),
                new FaceCrop(FaceCrop.ALIGNED, rgb),
                new FaceCrop(SeenFace.SURROUNDINGS, around));
    }

    @Test
    void shouldMeasureTheShareOfBlownOutPixels() {
        SeenFace halfBlown = face(i -> i % 2 == 0 ? 255 : 100);

        Liveness.Check strict = new SaturationCheck(0.25).check(halfBlown);
        Liveness.Check lenient = new SaturationCheck(0.55).check(halfBlown);

        assertThat(strict.value()).isCloseTo(0.5, within(0.02));
        assertThat(strict.passed()).isFalse();
        assertThat(lenient.passed()).isTrue();
    }

    @Test
    void shouldNotTakeAWhiteBackgroundForGlare() {
        SeenFace onWhite = face(i -> Math.hypot(i % FaceCrop.ALIGNED - 56, i / FaceCrop.ALIGNED - 70) < 32 ? 120 : 255);

        Liveness.Check check = new SaturationCheck(0.08).check(onWhite);

        assertThat(check.value()).isLessThan(0.02);
        assertThat(check.passed()).isTrue();
    }

    @Test
    void shouldFindAFlatFaceTooSmooth() {
        Liveness.Check check = new SharpnessCheck(30).check(face(i -> 128));

        assertThat(check.value()).isZero();
        assertThat(check.passed()).isFalse();
    }

    @Test
    void shouldMeasureTheVarianceOfTheLaplacian() {
        SeenFace checkerboard = face(i -> ((i % FaceCrop.ALIGNED + i / FaceCrop.ALIGNED) & 1) == 0 ? 10 : 0);

        Liveness.Check check = new SharpnessCheck(30).check(checkerboard);

        assertThat(check.value()).isCloseTo(1600, within(1e-6));
        assertThat(check.passed()).isTrue();
    }

    @Test
    void shouldReadTheProbabilityOfLiveFromLogits() {
        var output = new NetworkCheck.LiveOutput("o", 0, true);

        assertThat(output.probability(new float[] {0, 0})).isCloseTo(0.5, within(1e-9));
        assertThat(output.probability(new float[] {2, 0})).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
    }

    @Test
    void shouldShowTheNetworkTheSurroundingsOfTheFace() {
        var check = new NetworkCheck(new EchoNetwork(), new NetworkCheck.LiveOutput("live", 0, false), 0.5);

        Liveness.Check found = check.check(face(i -> 0));

        assertThat(found.value()).isCloseTo(0.07, within(1e-6));
        assertThat(found.passed()).isFalse();
    }

    @Test
    void shouldHoldFramesAgainstTheNetworkAndImagesOnlyWhereAsked() {
        LivenessConfig config = Configs.of(LivenessConfig.class);
        ModelPack shipped =
                ModelPack.load(config.network().orElseThrow(), Engine.TENSORFLOW, ModelManifest.Task.LIVENESS);
        ModelManifest pack = shipped.manifest();
        assertThat(pack.sequenceThreshold()).isGreaterThan(pack.threshold());
        try (LivenessChecks checks = LivenessChecks.open(config, Optional.of(shipped));
                LivenessChecks asked = LivenessChecks.open(config.withModelOnImages(), Optional.of(shipped))) {
            assertThat(checks.onImages()).hasSize(2).noneMatch(NetworkCheck.class::isInstance);
            assertThat(checks.onFrames())
                    .hasSize(3)
                    .last()
                    .extracting(network -> network.check(face(i -> 0)).threshold())
                    .as("the pack's sequenceThreshold")
                    .isEqualTo(pack.sequenceThreshold());
            assertThat(asked.onImages())
                    .hasSize(3)
                    .last()
                    .extracting(network -> network.check(face(i -> 0)).threshold())
                    .as("the pack's threshold")
                    .isEqualTo(pack.threshold());
        }
    }

    @Test
    void shouldNotCallAFaceLiveThatNobodyChecked() {
        assertThat(new Liveness(List.of()).live()).isFalse();
    }

    /** Answers with the first pixel in hundredths. */
    private static final class EchoNetwork implements Network {
        @Override
        public Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
            assertThat(rgb.remaining()).isEqualTo(count * height * width * 3);
            return Map.of("live", new float[] {rgb.get(0) / 100f});
        }

        @Override
        public void close() {}
    }
}
