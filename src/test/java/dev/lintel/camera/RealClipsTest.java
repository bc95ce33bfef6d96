package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof.State;
import dev.lintel.access.Sighting;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.embedding.FaceEmbedder;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.liveness.SequenceLiveness;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.models.ModelSet;
import dev.lintel.models.Models;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.WalkUp;
import dev.lintel.tracking.FrameFaces;
import dev.lintel.tracking.TrackingConfig;
import dev.lintel.tracking.TrackingResult;
import dev.lintel.tracking.VisitTracker;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.VisionConfig;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in, sightings out: the repository's models, and clips where they are at hand. */
@Tag("slow")
class RealClipsTest {
    private static final CameraConfig CAMERA = Configs.camera("clip", "/dev/null");
    private static final Path CLIPS = Path.of("../shared/spoof");
    private static final int DETECT_SIZE = 480;
    private static Models models;
    private static FaceReader reader;
    private static FaceEmbedder embedder;
    private static ThresholdPolicy policy;
    private final FrameInspector inspector = new FrameInspector(List.of(), ApplianceMetrics.unpublished());

    @BeforeAll
    static void open() {
        models = new ModelSet(
                        Configs.of(InferenceConfig.class),
                        Configs.of(VisionConfig.class),
                        Configs.of(LivenessConfig.class).withoutModel(),
                        Configs.of(EmbeddingConfig.class))
                .open(ApplianceMetrics.unpublished());
        reader = models.reader();
        embedder = models.embedder();
        policy = new ThresholdPolicy(models.calibration(), Configs.of(RecognitionConfig.class));
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void shouldNameWhoWalksUpOnceAndNotTheSheetAsLive(@TempDir Path folder) throws Exception {
        List<FrameFaces> person = read(drawn(folder.resolve("person"), false), 6);
        List<FrameFaces> sheet = read(drawn(folder.resolve("sheet"), true), 6);
        Embedding enrolled = embedder.embed(List.of(portrait(folder))).get(0);

        List<Sighting> seen = visits(person, enrolled);
        List<Sighting> shown = visits(sheet, enrolled);

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).identity()).isEqualTo(Sighting.Identity.KNOWN);
        assertThat(shown).allSatisfy(s -> assertThat(s.liveness().state()).isNotEqualTo(State.LIVE));
        assertThat(motion(person).proof().score())
                .isGreaterThan(motion(sheet).proof().score());
        assertThat(motion(sheet).proof().state()).isNotEqualTo(State.LIVE);
    }

    @Test
    void shouldNameThePersonOfTheLiveClipOnceAndProveNothingOfTheReplay() throws Exception {
        assumeTrue(Files.isDirectory(CLIPS), "../shared/spoof is absent");
        List<FrameFaces> live = read(CLIPS.resolve("webcam-live.mp4"), 6);
        List<FrameFaces> replay = read(CLIPS.resolve("webcam-phone-replay.mp4"), 6);
        FaceCrop first = live.stream()
                .flatMap(f -> f.faces().stream())
                .findFirst()
                .orElseThrow()
                .aligned();
        Embedding enrolled = embedder.embed(List.of(first)).get(0);

        List<Sighting> seen = visits(live, enrolled);
        List<Sighting> shown = visits(replay, enrolled);

        assertThat(seen).singleElement().satisfies(s -> assertThat(s.identity()).isEqualTo(Sighting.Identity.KNOWN));
        assertThat(shown).allSatisfy(s -> assertThat(s.liveness().state()).isNotEqualTo(State.LIVE));
        assertThat(motion(replay).proof().state()).isNotEqualTo(State.LIVE);
    }

    @Test
    void shouldSeeNobodyBesideThePersonOfTheLiveClip() throws Exception {
        assumeTrue(Files.isDirectory(CLIPS), "../shared/spoof is absent");
        List<FrameFaces> frames = new ArrayList<>();
        for (int size : new int[] {DETECT_SIZE, Configs.of(VisionConfig.class).detectSize()}) {
            ClipReader.read(CLIPS.resolve("webcam-live.mp4"), CAMERA, 15, reader::look, size, frames::add);
        }

        assertThat(frames)
                .hasSizeGreaterThan(100)
                .allSatisfy(f -> assertThat(f.faces()).hasSizeLessThan(2));
    }

    /** The last steps and the stay. */
    private static Path drawn(Path folder, boolean attack) throws Exception {
        Files.createDirectories(folder);
        WalkUp clip = new WalkUp(
                ImageIO.read(Path.of("src/test/resources/faces/10-a.jpg").toFile()), attack, 6);
        for (int i = 14; i < clip.frames() - 5; i++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(String.format("%03d.jpg", i)))) {
                WalkUp.write(clip.frame(i), out);
            }
        }
        return folder;
    }

    private static FaceCrop portrait(Path folder) throws Exception {
        Path alone = Files.createDirectories(folder.resolve("portrait"));
        Files.copy(Path.of("src/test/resources/faces/10-a.jpg"), alone.resolve("a.jpg"));
        return read(alone, 1).get(0).faces().get(0).aligned();
    }

    private static List<FrameFaces> read(Path clip, int fps) throws Exception {
        List<FrameFaces> frames = new ArrayList<>();
        ClipReader.read(clip, CAMERA, fps, reader::look, DETECT_SIZE, frames::add);
        return frames;
    }

    /** As if there were no network and the operator trusted motion. */
    private SequenceLiveness motion(List<FrameFaces> frames) {
        SequenceLiveness sequence = new SequenceLiveness(Configs.of(SequenceConfig.class, "trust-motion: true"));
        frames.stream()
                .filter(f -> !f.faces().isEmpty())
                .forEach(f -> sequence.add(inspector.inspect(f.faces().get(0), f.thumbnail(), f.width(), f.nanos())));
        return sequence;
    }

    private List<Sighting> visits(List<FrameFaces> frames, Embedding enrolled) {
        VisitTracker tracker = new VisitTracker(
                new VisitTracker.Source("clip", Direction.BOTH, embedder.modelId()),
                Configs.of(TrackingConfig.class),
                policy,
                0,
                Configs.of(SequenceConfig.class),
                () -> Instant.EPOCH,
                UUID::randomUUID);
        List<Sighting> all = new ArrayList<>();
        long last = 0;
        for (FrameFaces frame : frames) {
            last = frame.nanos();
            TrackingResult steps = tracker.frame(frame);
            all.addAll(steps.sightings());
            for (TrackingResult.Embed ask : steps.embed()) {
                long now = last;
                tracker.embedded(
                                ask.track(), embedder.embed(List.of(ask.crop())).get(0))
                        .ifPresent(probe -> all.addAll(tracker.matched(
                                        probe,
                                        nearest(probe.vote(), enrolled),
                                        nearest(probe.mean(), enrolled),
                                        new GallerySize(1, 1),
                                        now)
                                .sightings()));
            }
            steps.inspect()
                    .forEach(ask -> all.addAll(tracker.inspected(
                                    ask.track(),
                                    inspector.inspect(ask.face(), ask.scene(), ask.frameWidth(), ask.nanos()))
                            .sightings()));
        }
        all.addAll(tracker.idle(last + Duration.ofSeconds(20).toNanos()).sightings());
        return all;
    }

    private static List<Candidate> nearest(Embedding probe, Embedding enrolled) {
        return List.of(new Candidate(Label.of("Kim"), probe.similarity(enrolled)));
    }
}
