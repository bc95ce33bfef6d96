package dev.lintel.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Cue;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof.State;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.challenge.Actor;
import dev.lintel.challenge.ChallengeConfig;
import dev.lintel.challenge.Challenges;
import dev.lintel.challenge.Head;
import dev.lintel.challenge.HeadPose;
import dev.lintel.challenge.Intent;
import dev.lintel.challenge.IntentConfig;
import dev.lintel.challenge.Person;
import dev.lintel.challenge.Prompts;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Liveness;
import dev.lintel.face.Quality;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.Skin;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Visits at doors that ask for something first: movements that prove somebody live, or a word that somebody wants in. */
class AskedVisitsTest {
    private static final List<String> ENROLLED = List.of("Anna", "Bert");
    private static final IntentConfig APPROACH = Configs.of(IntentConfig.class, "ask: approach");

    private final Random random = new Random(1);
    private final List<Sighting> said = new ArrayList<>();
    private final Map<String, byte[]> skins = new HashMap<>();
    private final Map<FaceCrop, String> shown = new IdentityHashMap<>();
    private double live = 0.95;
    private int embedded;
    private double ms;
    private Cue cue = Cue.of(Cue.Kind.NOBODY);
    private VisitTracker tracker = tracker(IntentConfig.NONE, true);

    /** @param name whose face it is, to the network */
    private record Shown(String name, Head head) {}

    private VisitTracker tracker(IntentConfig intent, boolean challenge) {
        return new VisitTracker(
                new VisitTracker.Source("front", Direction.IN, Stage.MODEL, Duration.ofSeconds(5)),
                new VisitTracker.Asking(
                        new Intent(intent),
                        Optional.of(new Challenges(Configs.of(ChallengeConfig.class), false, new Prompts(), random))
                                .filter(all -> challenge)),
                Configs.of(TrackingConfig.class),
                new ThresholdPolicy(Stage.CALIBRATION, Configs.of(RecognitionConfig.class)),
                0,
                Configs.of(SequenceConfig.class),
                () -> Instant.EPOCH.plusMillis((long) ms),
                () -> new UUID(3, random.nextLong()));
    }

    @Test
    void shouldProveLiveWhoDoesWhatIsAskedFor() {
        for (int seed = 0; seed < 6; seed++) {
            Actor anna = new Person(new Random(seed), 1);
            double begin = ms;
            while (said.isEmpty() && ms < begin + 8000) {
                frame(new Shown("Anna", anna.at(ms - begin, cue)));
            }

            assertThat(said).as("seed %d, %s", seed, cue).singleElement().satisfies(seen -> {
                assertThat(seen.identity()).isEqualTo(Identity.KNOWN);
                assertThat(seen.liveness().state()).isEqualTo(State.LIVE);
                assertThat(seen.liveness().reasons()).extracting(Reason::code).contains("challenge-passed");
            });
            away();
            said.clear();
        }
    }

    @Test
    void shouldAskNobodyElseThanWhoIsRecognised() {
        Actor carl = new Person(new Random(1), 1);
        for (int i = 0; i < 60; i++) {
            frame(new Shown("Carl", carl.at(ms, cue)));
            assertThat(cue.kind()).isNotEqualTo(Cue.Kind.MOVE);
        }

        assertThat(said).extracting(Sighting::identity).containsOnly(Identity.UNKNOWN);
    }

    @Test
    void shouldNotTakeAFaceForLiveThatStandsStill() {
        Head photo = Head.still(320, 180, 60);
        until(12_000, () -> List.of(new Shown("Anna", photo)));

        assertThat(said).isNotEmpty().allSatisfy(seen -> {
            assertThat(seen.liveness().state()).isEqualTo(State.NOT_PROVEN);
            assertThat(seen.liveness().reasons().get(0).code()).isEqualTo("challenge-slow");
        });
    }

    @Test
    void shouldAskForTheOtherChecksAsWell() {
        live = 0.2;
        Actor anna = new Person(new Random(4), 1);
        until(9_000, () -> List.of(new Shown("Anna", anna.at(ms, cue))));

        assertThat(said)
                .isNotEmpty()
                .extracting(seen -> seen.liveness().state())
                .doesNotContain(State.LIVE);
    }

    /** One holds a photo of somebody enrolled, and moves as the screen says. */
    @Test
    void shouldCountNoMovementOfAnotherFace() {
        for (int seed = 0; seed < 4; seed++) {
            Actor carl = new Person(new Random(seed), 1);
            Head photo = Head.still(120, 180, 60);
            until(
                    12_000,
                    () -> List.of(
                            new Shown("Anna", photo),
                            new Shown("Carl", carl.at(ms, cue).moved(3, 0, 1, 0, 0, 0))));
            away();
        }

        assertThat(said).filteredOn(seen -> seen.identity() == Identity.KNOWN).isNotEmpty();
        assertThat(granted()).isEmpty();
    }

    /** Somebody enrolled is recognised, steps aside for one who moves, and comes back. */
    @Test
    void shouldForgetWhatAnotherDidInTheSamePlace() {
        for (int seed = 0; seed < 10; seed++) {
            Person person = new Person(new Random(seed), 1);
            until(10_000, () -> List.of(new Shown(cue.kind() == Cue.Kind.MOVE ? "Carl" : "Anna", person.at(ms, cue))));
            away();
        }

        assertThat(granted()).isEmpty();
    }

    @Test
    void shouldTakeLeavingForAFailureAndAskForMoreTheNextTime() {
        Head still = Head.still(320, 180, 60);
        List<Integer> steps = new ArrayList<>();
        for (int visit = 0; visit < 3; visit++) {
            while (cue.kind() != Cue.Kind.MOVE) {
                frame(new Shown("Anna", still));
            }
            steps.add(cue.steps());
            away();
            assertThat(cue.kind()).isEqualTo(Cue.Kind.NOBODY);
        }
        until(5_000, () -> List.of(new Shown("Anna", still)));

        // Besides, somebody may be asked to come closer.
        assertThat(steps.get(0)).isBetween(3, 4);
        assertThat(steps.get(1)).isBetween(4, 5);
        assertThat(steps.get(2)).isBetween(4, 5);
        assertThat(cue.kind()).isEqualTo(Cue.Kind.PAUSE);
        assertThat(said.get(said.size() - 1).liveness().reasons().get(0).code()).isEqualTo("challenge-locked");
    }

    @Test
    void shouldAskOneAtATime() {
        Actor anna = new Person(new Random(6), 1);
        Actor bert = new Person(new Random(7), 1);
        until(
                12_000,
                () -> List.of(
                        new Shown("Anna", anna.at(ms, cue).moved(-3, 0, 1, 0, 0, 0)),
                        new Shown("Bert", bert.at(ms, cue).moved(3, 0, 1, 0, 0, 0))));

        assertThat(granted()).extracting(seen -> seen.nearest().label().text()).contains("Anna", "Bert");
    }

    @Test
    void shouldRecogniseNoPassersBy() {
        tracker = tracker(APPROACH, false);
        // Walks by at some distance, then near but without a look at the camera.
        for (int i = 0; i < 60; i++) {
            frame(new Shown("Anna", Head.still(20 + 10 * i, 180, 20)));
            assertThat(cue.kind()).isEqualTo(Cue.Kind.PASSING);
        }
        away();
        for (int i = 0; i < 60; i++) {
            frame(new Shown("Anna", Head.still(20 + 10 * i, 180, 60).turned(50, 0, 1)));
        }
        away();

        assertThat(embedded).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void shouldRecogniseWhoComesNearAndLooks() {
        tracker = tracker(APPROACH, false);
        for (int i = 0; i < 40 && said.isEmpty(); i++) {
            frame(new Shown("Anna", Head.still(320, 180, Math.min(60, 15 + 2 * i))));
        }

        assertThat(said).singleElement().extracting(Sighting::identity).isEqualTo(Identity.KNOWN);
    }

    @Test
    void shouldRecogniseNobodyBeforeTheButtonIsTouched() {
        tracker = tracker(Configs.of(IntentConfig.class, "ask: button", "stays: 5s"), false);
        Head anna = Head.still(320, 180, 60);
        until(5_000, () -> List.of(new Shown("Anna", anna)));
        assertThat(embedded).isZero();

        tracker.woken(nanos());
        until(2_000, () -> List.of(new Shown("Anna", anna)));
        assertThat(said).singleElement().extracting(Sighting::identity).isEqualTo(Identity.KNOWN);

        away();
        int before = embedded;
        until(3_000, () -> List.of());
        until(4_000, () -> List.of(new Shown("Bert", anna)));
        assertThat(embedded).as("once its time is over").isEqualTo(before);
    }

    private List<Sighting> granted() {
        return said.stream()
                .filter(seen ->
                        seen.identity() == Identity.KNOWN && seen.liveness().state() == State.LIVE)
                .toList();
    }

    private interface Scene {
        List<Shown> now();
    }

    private void until(double length, Scene scene) {
        double end = ms + length;
        while (ms < end) {
            frame(scene.now().toArray(Shown[]::new));
        }
    }

    private void away() {
        until(2500, List::of);
    }

    private long nanos() {
        return (long) (1e9 + ms * 1e6);
    }

    private void frame(Shown... faces) {
        ms += 66;
        GreyImage scene = new GreyImage(160, 90, noise(160 * 90));
        TrackingResult steps = tracker.frame(new FrameFaces(
                "front",
                Instant.EPOCH.plusMillis((long) ms),
                nanos(),
                640,
                360,
                Stream.of(faces).map(this::face).toList(),
                scene));
        take(steps);
        FrameInspector inspector = new FrameInspector(
                List.of(face -> new Liveness.Check("network", live, 0.5, live >= 0.5)), ApplianceMetrics.unpublished());
        for (TrackingResult.Embed ask : steps.embed()) {
            embedded++;
            tracker.embedded(ask.track(), Stage.embedding(shown.get(ask.crop())))
                    .ifPresent(probe -> take(tracker.matched(
                            probe,
                            nearest(probe.vote()),
                            nearest(probe.mean()),
                            new GallerySize(ENROLLED.size(), ENROLLED.size()),
                            nanos())));
        }
        for (TrackingResult.Inspect ask : steps.inspect()) {
            take(tracker.inspected(
                    ask.track(), inspector.inspect(ask.face(), ask.scene(), ask.frameWidth(), ask.nanos())));
        }
        cue = tracker.cue(nanos());
    }

    private void take(TrackingResult steps) {
        said.addAll(steps.sightings());
        said.addAll(steps.renewed());
    }

    private static List<Candidate> nearest(Embedding probe) {
        return ENROLLED.stream()
                .map(name -> new Candidate(Label.of(name), Stage.embedding(name).similarity(probe)))
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .toList();
    }

    private SeenFace face(Shown face) {
        Landmarks points = face.head().seen(random);
        HeadPose pose = HeadPose.of(0, points);
        float side = (float) (2.2 * pose.size());
        FaceBox box = new FaceBox((float) pose.x() - side / 2, (float) pose.y() - side / 2, side, side);
        FaceCrop crop = new FaceCrop(FaceCrop.ALIGNED, skin(face.name()));
        shown.put(crop, face.name());
        return new SeenFace(
                box,
                points,
                0.9,
                new Quality(0.8, (int) side, 0, 0, 0, 80, 120, 40, List.of()),
                crop,
                new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]));
    }

    private byte[] skin(String name) {
        byte[] skin = skins.computeIfAbsent(name, whose -> Skin.of(whose.hashCode(), 0))
                .clone();
        byte[] noise = noise(skin.length);
        for (int i = 0; i < skin.length; i++) {
            skin[i] += (byte) (noise[i] & 15);
        }
        return skin;
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }
}
