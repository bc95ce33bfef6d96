package dev.lintel.tracking;

import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.face.Quality;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Plays frames whose truth is known to a tracker: who was shown, live or not, at which place. Embeddings are answered some
 * frames late, judgements at once. No networks, no pixels but those of a scene that stays.
 */
final class Play {
    static final Quality GOOD = new Quality(0.8, 100, 0, 0, 0, 80, 120, 40, List.of());
    private static final FaceCrop ALIGNED =
            new FaceCrop(FaceCrop.ALIGNED, new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3]);
    private static final FaceCrop SURROUNDINGS =
            new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]);
    private static final GreyImage SCENE = scene();
    private static final double SCALE = 0.25;
    private static final Map<String, Embedding> EMBEDDINGS = new HashMap<>();

    /**
     * A face in a frame.
     *
     * @param person whose face
     * @param presentation {@link #LIVE}, or which picture of the person
     * @param network what the network says of it
     * @param nose how far the nose stands aside, in distances of the eyes
     */
    record Shown(String person, String presentation, double network, double x, double y, double size, double nose) {
        static final String LIVE = "live";

        boolean live() {
            return presentation.equals(LIVE);
        }
    }

    /** A sighting, and after which frame it was said. */
    record Said(int frame, Sighting sighting) {
        boolean granted() {
            return sighting.identity() == Identity.KNOWN && sighting.liveness().state() == LiveProof.State.LIVE;
        }
    }

    /** A frame that was played. */
    record Played(long millis, List<Shown> faces, Set<Shown> embedded) {}

    private record Late(int due, int track, Shown face) {}

    final List<Played> frames = new ArrayList<>();
    final List<Said> said = new ArrayList<>();
    private final VisitTracker tracker;
    private final List<String> enrolled;
    final int lag;
    private final Random random;
    private final Map<FaceCrop, Shown> shown = new IdentityHashMap<>();
    private final Map<FaceCrop, Integer> frameOf = new IdentityHashMap<>();
    private final Deque<Late> late = new ArrayDeque<>();
    private long micros;
    private long ids;

    /** @param lag frames that go by before an embedding is answered */
    Play(List<String> enrolled, int lag, Random random) {
        this.enrolled = enrolled;
        this.lag = lag;
        this.random = random;
        tracker = new VisitTracker(
                new VisitTracker.Source("front", Direction.IN, Stage.MODEL, Duration.ofSeconds(1)),
                Configs.of(TrackingConfig.class),
                new ThresholdPolicy(Stage.CALIBRATION, Configs.of(RecognitionConfig.class)),
                0,
                Configs.of(SequenceConfig.class),
                this::now,
                () -> new UUID(9, ++ids));
    }

    private Instant now() {
        return Instant.EPOCH.plusMillis(micros / 1000);
    }

    void frame(long stepMicros, List<Shown> faces) {
        micros += stepMicros;
        int number = frames.size();
        frames.add(new Played(micros / 1000, faces, new HashSet<>()));
        List<SeenFace> seen = faces.stream().map(f -> face(f, number)).toList();
        TrackingResult steps = tracker.frame(new FrameFaces("front", now(), micros * 1000, 640, 360, seen, SCENE));
        take(steps);
        for (TrackingResult.Embed ask : steps.embed()) {
            Shown of = shown.get(ask.crop());
            frames.get(frameOf.get(ask.crop())).embedded().add(of);
            late.add(new Late(number + lag, ask.track(), of));
        }
        answer(number);
        for (TrackingResult.Inspect ask : steps.inspect()) {
            take(tracker.inspected(ask.track(), judged(ask)));
        }
    }

    private void answer(int number) {
        while (!late.isEmpty() && late.peek().due() <= number) {
            Late ask = late.poll();
            tracker.embedded(ask.track(), embedding(ask.face()))
                    .ifPresent(probe -> take(tracker.matched(
                            probe,
                            nearest(probe.vote()),
                            nearest(probe.mean()),
                            new GallerySize(enrolled.size(), enrolled.size()),
                            micros * 1000)));
        }
    }

    private void take(TrackingResult steps) {
        Stream.concat(steps.sightings().stream(), steps.renewed().stream())
                .forEach(s -> said.add(new Said(frames.size() - 1, s)));
    }

    private Embedding embedding(Shown face) {
        String name = face.person() + "~" + face.presentation() + (face.live() ? random.nextInt(4) : "");
        return EMBEDDINGS.computeIfAbsent(name, Stage::embedding);
    }

    private List<Candidate> nearest(Embedding probe) {
        return enrolled.stream()
                .map(name -> new Candidate(
                        Label.of(name),
                        EMBEDDINGS.computeIfAbsent(name, Stage::embedding).similarity(probe)))
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .toList();
    }

    private SeenFace face(Shown f, int number) {
        float s = (float) f.size();
        FaceBox box = new FaceBox((float) f.x() - s / 2, (float) f.y() - s / 2, s, s);
        FaceCrop crop = new FaceCrop(FaceCrop.ALIGNED, ALIGNED.rgb());
        shown.put(crop, f);
        frameOf.put(crop, number);
        Landmarks points = new Landmarks(
                at(box, 0.3, 0.4),
                at(box, 0.7, 0.4),
                at(box, 0.5 + 0.4 * f.nose(), 0.6),
                at(box, 0.35, 0.8),
                at(box, 0.65, 0.8));
        return new SeenFace(box, points, 0.9, GOOD, crop, SURROUNDINGS);
    }

    private FrameEvidence judged(TrackingResult.Inspect ask) {
        Shown f = shown.get(ask.face().aligned());
        byte[] skin = new byte[64];
        new Random((f.person() + f.presentation()).hashCode()).nextBytes(skin);
        for (int i = 0; i < skin.length; i++) {
            skin[i] = (byte) Math.max(0, Math.min(255, (skin[i] & 0xff) + 4 * random.nextGaussian()));
        }
        double network = Math.max(0, Math.min(1, f.network() + 0.01 * random.nextGaussian()));
        return new FrameEvidence(
                ask.nanos(),
                ask.face().box(),
                ask.face().landmarks(),
                List.of(new Liveness.Check("network", network, 0.5, network >= 0.5)),
                skin,
                new byte[16],
                SCENE,
                SCALE,
                0);
    }

    private static Point at(FaceBox box, double x, double y) {
        return new Point((float) (box.x() + x * box.width()), (float) (box.y() + y * box.height()));
    }

    private static GreyImage scene() {
        byte[] pixels = new byte[160 * 90];
        new Random(11).nextBytes(pixels);
        return new GreyImage(160, 90, pixels);
    }
}
