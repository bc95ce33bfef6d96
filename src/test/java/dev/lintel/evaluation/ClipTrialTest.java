package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.face.Quality;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.Skin;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipTrialTest {
    private final ClipTrial trial =
            new ClipTrial(Configs.of(SequenceConfig.class), Duration.ofSeconds(1), Duration.ofMillis(250));

    @Test
    void shouldCutAClipIntoOverlappingWindows() {
        trial.live("two seconds", clip(21, 0.95));

        assertThat(trial.liveClips().get("two seconds")).hasSize(5);
    }

    @Test
    void shouldJudgeAShortClipOnceAndATooShortOneNotAtAll() {
        trial.live("short", clip(6, 0.95));
        trial.live("too short", clip(2, 0.95));
        trial.live("nobody", List.of());

        assertThat(trial.liveClips().get("short")).hasSize(1);
        assertThat(trial.liveClips().get("too short")).isEmpty();
        assertThat(trial.liveClips().get("nobody")).isEmpty();
    }

    @Test
    void shouldCountErrorsOverAllThresholds() {
        trial.live("person", clip(21, 0.95));
        trial.attack("seen through", clip(11, 0.05));
        trial.attack("believed", clip(11, 0.95));

        assertThat(trial.curve().at(0.5).falseAccept()).isCloseTo(0.5, within(1e-9));
        assertThat(trial.curve().at(0.5).falseReject()).isZero();
        assertThat(trial.curve().at(1).falseAccept()).isZero();
        assertThat(trial.curve().at(1).falseReject()).isEqualTo(1);
        assertThat(ClipTrial.takenForLive(trial.attackClips())).isCloseTo(0.5, within(1e-9));
        assertThat(ClipTrial.takenForLive(trial.liveClips())).isEqualTo(1);
    }

    @Test
    void shouldSayWhatTheNetworkSaysOfTheLiveClipsAndWhoReachesALimit() {
        assertThat(trial.level()).isEmpty();

        trial.live("nobody", List.of());
        trial.live("dim", clip(21, 0.4));
        trial.live("usual", clip(21, 0.6));
        trial.live("bright", clip(21, 0.95));
        trial.attack("seen through", clip(21, 0.05));
        trial.attack("nearly", clip(21, 0.5));

        assertThat(trial.level()).hasValueCloseTo(0.6, within(1e-9));
        assertThat(ClipTrial.reaching(0.55, trial.liveClips())).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(ClipTrial.reaching(0.5, trial.attackClips())).isCloseTo(0.5, within(1e-9));
        assertThat(ClipTrial.reaching(0.51, trial.attackClips())).isZero();
    }

    /** Ten frames a second of somebody who sits still, of whom the network says the same each time. */
    private static List<FrameEvidence> clip(int frames, double network) {
        FrameInspector inspector = new FrameInspector(
                List.of(face -> new Liveness.Check("network", network, 0.5, network >= 0.5)),
                ApplianceMetrics.unpublished());
        Landmarks points = new Landmarks(
                new Point(130, 140),
                new Point(170, 140),
                new Point(150, 160),
                new Point(135, 180),
                new Point(165, 180));
        List<FrameEvidence> clip = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            SeenFace face = new SeenFace(
                    new FaceBox(100, 100, 100, 100),
                    points,
                    0.9,
                    new Quality(0.8, 100, 0, 0, 0, 80, 120, 40, List.of()),
                    new FaceCrop(FaceCrop.ALIGNED, Skin.of(1, i)),
                    new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]));
            clip.add(inspector.inspect(face, new GreyImage(160, 120, new byte[160 * 120]), 640, i * 100_000_000L));
        }
        return clip;
    }
}
