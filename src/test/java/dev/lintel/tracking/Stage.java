package dev.lintel.tracking;

import dev.lintel.access.Direction;
import dev.lintel.access.Sighting;
import dev.lintel.face.Calibration;
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
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.LivenessCheck;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.Skin;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Actors before a camera: each face's crop names its actor, whose embedding follows from the name. Answers the tracker
 * at once, or as late as a test wants.
 */
final class Stage {
    static final String MODEL = "stage";
    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    static final Calibration CALIBRATION = new Calibration(
            0.5,
            List.of(
                    new Calibration.Point(0.1, 0.35),
                    new Calibration.Point(0.01, 0.40),
                    new Calibration.Point(0.001, 0.45)));
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    final VisitTracker tracker;
    final List<Sighting> sightings = new ArrayList<>();
    final List<Sighting> renewed = new ArrayList<>();
    final Map<Label, Embedding> gallery = new LinkedHashMap<>();
    int embedded;

    /** What the liveness network says of everybody. */
    double live = 0.95;

    private long millis;
    private long ids;
    private final FrameInspector inspector;

    Stage(TrackingConfig config) {
        this(config, Duration.ZERO);
    }

    /** @param renewal how often somebody who stays is said again */
    Stage(TrackingConfig config, Duration renewal) {
        tracker = new VisitTracker(
                new VisitTracker.Source("front", Direction.IN, MODEL, renewal),
                config,
                new ThresholdPolicy(CALIBRATION, Configs.of(RecognitionConfig.class)),
                0,
                Configs.of(SequenceConfig.class),
                this::now,
                () -> new UUID(7, ++ids));
        LivenessCheck network = face -> new Liveness.Check("network", live, 0.5, live >= 0.5);
        inspector = new FrameInspector(List.of(network), ApplianceMetrics.unpublished());
    }

    Stage() {
        this(Configs.of(TrackingConfig.class));
    }

    /** A face as the detector would see it. */
    record Actor(String name, double x, double y, double size, double quality) {
        Actor(String name, double x, double y) {
            this(name, x, y, 100, 0.8);
        }

        Actor of(double otherQuality) {
            return new Actor(name, x, y, size, otherQuality);
        }
    }

    Instant now() {
        return START.plusMillis(millis);
    }

    void enrol(String... names) {
        Stream.of(names).forEach(name -> gallery.put(Label.of(name), embedding(name)));
    }

    /** One frame, 100 ms after the one before, fully answered. */
    List<Sighting> frame(Actor... actors) {
        int before = sightings.size();
        TrackingResult steps = unanswered(actors);
        answer(steps);
        return List.copyOf(sightings.subList(before, sightings.size()));
    }

    /** The same frame again and again. */
    List<Sighting> frames(int count, Actor... actors) {
        int before = sightings.size();
        for (int i = 0; i < count; i++) {
            frame(actors);
        }
        return List.copyOf(sightings.subList(before, sightings.size()));
    }

    TrackingResult unanswered(Actor... actors) {
        millis += 100;
        List<SeenFace> faces = Stream.of(actors).map(this::face).toList();
        TrackingResult steps = tracker.frame(new FrameFaces(
                "front", now(), nanos(), WIDTH, HEIGHT, faces, new GreyImage(160, 90, noise(160 * 90, millis))));
        take(steps);
        return steps;
    }

    void answer(TrackingResult steps) {
        for (TrackingResult.Embed ask : steps.embed()) {
            embedded++;
            tracker.embedded(ask.track(), embedding(nameIn(ask.crop())))
                    .ifPresent(probe -> take(tracker.matched(
                            probe,
                            nearest(probe.vote()),
                            nearest(probe.mean()),
                            new GallerySize(gallery.size(), gallery.size()),
                            nanos())));
        }
        for (TrackingResult.Inspect ask : steps.inspect()) {
            take(tracker.inspected(
                    ask.track(), inspector.inspect(ask.face(), ask.scene(), ask.frameWidth(), ask.nanos())));
        }
    }

    /** Nobody is there for a while. */
    List<Sighting> pause(Duration time) {
        int before = sightings.size();
        for (long t = 0; t < time.toMillis(); t += 100) {
            frame();
        }
        return List.copyOf(sightings.subList(before, sightings.size()));
    }

    long nanos() {
        return millis * 1_000_000;
    }

    private void take(TrackingResult steps) {
        renewed.addAll(steps.renewed());
        sightings.addAll(steps.sightings());
    }

    private List<Candidate> nearest(Embedding probe) {
        return gallery.entrySet().stream()
                .map(e -> new Candidate(e.getKey(), e.getValue().similarity(probe)))
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .limit(3)
                .toList();
    }

    private SeenFace face(Actor a) {
        float s = (float) a.size();
        FaceBox box = new FaceBox((float) a.x() - s / 2, (float) a.y() - s / 2, s, s);
        Landmarks points = new Landmarks(
                at(box, 0.3, 0.4), at(box, 0.7, 0.4), at(box, 0.5, 0.6), at(box, 0.35, 0.8), at(box, 0.65, 0.8));
        byte[] rgb = Skin.of(a.name().split("[~/]")[0].hashCode(), millis);
        byte[] name = a.name().getBytes(StandardCharsets.UTF_8);
        rgb[0] = (byte) name.length;
        System.arraycopy(name, 0, rgb, 1, name.length);
        return new SeenFace(
                box,
                points,
                0.9,
                new Quality(a.quality(), (int) s, 0, 0, 0, 80, 120, 40, List.of()),
                new FaceCrop(FaceCrop.ALIGNED, rgb),
                new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]));
    }

    private static Point at(FaceBox box, double x, double y) {
        return new Point((float) (box.x() + x * box.width()), (float) (box.y() + y * box.height()));
    }

    private static byte[] noise(int bytes, long seed) {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static String nameIn(FaceCrop crop) {
        return new String(crop.rgb(), 1, crop.rgb()[0], StandardCharsets.UTF_8);
    }

    /** {@code Anna} and {@code Anna~1} are about 0.9 alike; {@code Anna/Bob} lies half-way between two people. */
    static Embedding embedding(String name) {
        float[] vector = new float[128];
        for (String person : name.split("~")[0].split("/")) {
            Random random = new Random(person.hashCode());
            for (int i = 0; i < vector.length; i++) {
                vector[i] += (float) random.nextGaussian();
            }
        }
        Random photo = new Random(name.hashCode());
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) (0.3 * photo.nextGaussian());
        }
        return new Embedding(MODEL, vector);
    }
}
