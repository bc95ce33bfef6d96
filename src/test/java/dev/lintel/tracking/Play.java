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
import dev.lintel.face.Quality;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.testkit.Configs;
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
 * frames late, judgements at once. No networks; how it looks is the lens's matter.
 */
final class Play {
    static final Quality GOOD = new Quality(0.8, 100, 0, 0, 0, 80, 120, 40, List.of());
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

        FaceBox box() {
            float s = (float) size;
            return new FaceBox((float) x - s / 2, (float) y - s / 2, s, s);
        }

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
    private final Lens lens;
    private final Map<FaceCrop, Shown> shown = new IdentityHashMap<>();
    private final Map<FaceCrop, Integer> frameOf = new IdentityHashMap<>();
    private final Deque<Late> late = new ArrayDeque<>();
    private long micros;
    private long ids;

    /** @param lag frames that go by before an embedding is answered */
    Play(List<String> enrolled, int lag, Random random, Lens lens) {
        this.lens = lens;
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
        List<SeenFace> seen = lens.film(faces);
        for (int i = 0; i < seen.size(); i++) {
            shown.put(seen.get(i).aligned(), faces.get(i));
            frameOf.put(seen.get(i).aligned(), number);
        }
        TrackingResult steps =
                tracker.frame(new FrameFaces("front", now(), micros * 1000, 640, 360, seen, lens.scene()));
        take(steps);
        for (TrackingResult.Embed ask : steps.embed()) {
            Shown of = shown.get(ask.crop());
            frames.get(frameOf.get(ask.crop())).embedded().add(of);
            late.add(new Late(number + lag, ask.track(), of));
        }
        answer(number);
        for (TrackingResult.Inspect ask : steps.inspect()) {
            take(tracker.inspected(
                    ask.track(), lens.judge(ask, shown.get(ask.face().aligned()))));
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
}
