package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Cue;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.bus.WorkPool;
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
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.LiveView;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.EmbedFaces;
import dev.lintel.messages.FaceMessages.EmbeddedFaces;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.RenewalMessages.SeenPerson;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.TrackingMeters;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.recognition.VectorSearch;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.Skin;
import dev.lintel.tracking.FrameFaces;
import dev.lintel.tracking.TrackingConfig;
import dev.lintel.tracking.VisitTracker;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitFlowTest {
    private static final Label ANNA = Label.of("Anna");
    private static final Calibration CALIBRATION = new Calibration(
            0.5,
            List.of(
                    new Calibration.Point(0.1, 0.35),
                    new Calibration.Point(0.01, 0.40),
                    new Calibration.Point(0.001, 0.45)));
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong millis = new AtomicLong();
    private final AtomicInteger embeddingsToFail = new AtomicInteger();
    private final BlockingQueue<Cue> cues = new LinkedBlockingQueue<>();
    private final BlockingQueue<SeenPerson> shown = new LinkedBlockingQueue<>();
    private final BlockingQueue<LiveView> views = new LinkedBlockingQueue<>();
    private final BlockingQueue<Sighting> asked = new LinkedBlockingQueue<>();
    private final Context loop = vertx.getOrCreateContext();
    private VisitFlow flow;

    @BeforeEach
    void start() throws Exception {
        ApplianceMetrics metrics = new ApplianceMetrics(meters);
        FrameInspector inspector =
                new FrameInspector(List.of(face -> new Liveness.Check("network", 0.95, 0.5, true)), metrics);
        VisitTracker tracker = new VisitTracker(
                new VisitTracker.Source("front", Direction.IN, "m"),
                Configs.of(TrackingConfig.class),
                new ThresholdPolicy(CALIBRATION, Configs.of(RecognitionConfig.class)),
                0,
                Configs.of(SequenceConfig.class),
                clock(),
                UUID::randomUUID);
        TrackingMeters tracking = new TrackingMeters(metrics, "front");
        FeedClock clock = new TestClock();
        flow = new VisitFlow(
                "front",
                work -> loop.runOnContext(v -> work.run()),
                tracker,
                new VectorSearch(bus),
                inspector,
                new WorkPool(vertx, "tracking", 1, metrics),
                new LiveViews("front", view -> bus.publish(CameraMessages.LIVE, view)),
                clock,
                tracking,
                new DoorQuestions(bus, clock, tracking),
                cues::add,
                shown::add);
        bus.listen(CameraMessages.LIVE, views::add);
        await(bus.serve(FaceMessages.EMBED, this::embed));
        await(bus.serve(PeopleMessages.MATCH, this::match));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldAskTheDoorOnceAboutWhoWalksUp() throws Exception {
        serveDoor();

        Sighting seen = framesUntilAsked(1);
        frames(20, 1);

        assertThat(seen.identity()).isEqualTo(Sighting.Identity.KNOWN);
        assertThat(seen.person().orElseThrow().label()).isEqualTo(ANNA);
        assertThat(shown).singleElement().satisfies(view -> {
            assertThat(view.visit()).isEqualTo(seen.visit());
            assertThat(view.person()).isEqualTo(ANNA);
            assertThat(view.crop().rgb()[0]).isEqualTo((byte) 1);
        });
        assertThat(seen.liveness().state()).isEqualTo(LiveProof.State.LIVE);
        assertThat(seen.camera()).isEqualTo("front");
        assertThat(asked).isEmpty();
        assertThat(meters.get("lintel.sightings")
                        .tags("identity", "known", "live", "live")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("lintel.sighting.delay")
                        .tag("identity", "known")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("lintel.tracks").gauge().value()).isEqualTo(1);
    }

    @Test
    void shouldShowWhoIsThereAndOnceThatNobodyIs() throws Exception {
        serveDoor();
        framesUntilAsked(1);
        frames(2, 1);
        LiveView known = frame(1);
        for (int i = 0; i < 60 && known.faces().get(0).verdict() == null; i++) {
            known = frame(1);
        }

        millis.addAndGet(500);
        LiveView empty = frame();
        flow.seen(faces());

        assertThat(known.faces()).singleElement().satisfies(face -> {
            assertThat(face.label()).isEqualTo(ANNA);
            assertThat(face.state()).isEqualTo("known");
            assertThat(face.live()).isEqualTo("live");
            assertThat(face.verdict()).as("what the door answered").isEqualTo("granted");
        });
        assertThat(empty.faces()).isEmpty();
        assertThat(views.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void shouldAskTheDoorOnceMoreWhereItFails() throws Exception {
        await(bus.serve(DoorMessages.DECIDE, question -> {
            asked.add(question.sighting());
            return Future.failedFuture("the door broke");
        }));

        Sighting first = framesUntilAsked(1);
        Sighting second = asked.poll(10, TimeUnit.SECONDS);

        assertThat(second).isEqualTo(first);
        Await.await("the question is given up", () -> unanswered("decision") == 1);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldEndAVisitThoughNoFrameComesAnyMore() throws Exception {
        serveDoor();
        frames(3, 1);

        millis.addAndGet(60_000);
        loop.runOnContext(v -> vertx.setPeriodic(20, tick -> flow.idle()));
        LiveView empty = views.poll(10, TimeUnit.SECONDS);

        assertThat(empty).isNotNull();
        assertThat(empty.faces()).isEmpty();
        Await.await(
                "nobody is followed", () -> meters.get("lintel.tracks").gauge().value() == 0);
    }

    @Test
    void shouldGoOnWhereEmbeddingFailsForAWhile() throws Exception {
        serveDoor();
        embeddingsToFail.set(3);

        Sighting seen = framesUntilAsked(1);

        assertThat(seen.person().orElseThrow().label()).isEqualTo(ANNA);
        assertThat(unanswered("embedding")).isEqualTo(3);
    }

    @Test
    void shouldTellAStrangerFromSomebodyEnrolledBesideThem() throws Exception {
        serveDoor();

        Sighting first = framesUntilAsked(1, 7);
        Sighting second = framesUntilAsked(1, 7);

        assertThat(List.of(first.identity(), second.identity()))
                .containsExactlyInAnyOrder(Sighting.Identity.KNOWN, Sighting.Identity.UNKNOWN);
    }

    private double unanswered(String question) {
        return meters.find("lintel.tracking.unanswered").tag("question", question).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void serveDoor() throws Exception {
        await(bus.serve(DoorMessages.DECIDE, question -> {
            Sighting s = question.sighting();
            asked.add(s);
            return Future.succeededFuture(Outcome.done(new Decision(
                    s.id(),
                    "main",
                    s.decided(),
                    Decision.Verdict.GRANTED,
                    ANNA,
                    s,
                    "schedule",
                    List.of(new Reason("within its hours")))));
        }));
    }

    private Sighting framesUntilAsked(int... people) throws Exception {
        for (int i = 0; i < 60; i++) {
            frame(people);
            Sighting seen = asked.poll(20, TimeUnit.MILLISECONDS);
            if (seen != null) {
                return seen;
            }
        }
        throw new AssertionError("the door was not asked");
    }

    private void frames(int count, int... people) throws Exception {
        for (int i = 0; i < count; i++) {
            frame(people);
        }
    }

    /** One frame, 100 ms after the one before; waits until it has been looked at. */
    private LiveView frame(int... people) throws Exception {
        flow.seen(faces(people));
        LiveView view = views.poll(10, TimeUnit.SECONDS);
        assertThat(view).isNotNull();
        return view;
    }

    private FrameFaces faces(int... people) {
        millis.addAndGet(101);
        List<SeenFace> faces = java.util.stream.IntStream.range(0, people.length)
                .mapToObj(i -> face(people[i], 100 + 300 * i))
                .toList();
        return new FrameFaces(
                "front", clock().instant(), nanos(), 640, 360, faces, new GreyImage(160, 90, noise(160 * 90)));
    }

    private SeenFace face(int person, float x) {
        FaceBox box = new FaceBox(x, 100, 100, 100);
        Landmarks points = new Landmarks(
                new Point(x + 30, 140),
                new Point(x + 70, 140),
                new Point(x + 50, 160),
                new Point(x + 35, 180),
                new Point(x + 65, 180));
        byte[] rgb = Skin.of(person, millis.get());
        rgb[0] = (byte) person;
        return new SeenFace(
                box,
                points,
                0.9,
                new Quality(0.8, 100, 0, 0, 0, 80, 120, 40, List.of()),
                new FaceCrop(FaceCrop.ALIGNED, rgb),
                new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]));
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(millis.get()).nextBytes(noise);
        return noise;
    }

    private Future<Outcome<EmbeddedFaces>> embed(EmbedFaces question) {
        if (embeddingsToFail.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return Future.failedFuture("the network broke");
        }
        return Future.succeededFuture(Outcome.done(new EmbeddedFaces(
                question.crops().stream().map(crop -> embedding(crop.rgb()[0])).toList())));
    }

    private Future<Outcome<Matches>> match(MatchFaces question) {
        return Future.succeededFuture(Outcome.done(new Matches(
                question.probes().stream()
                        .map(p -> List.of(new Candidate(ANNA, p.similarity(embedding(1)))))
                        .toList(),
                new GallerySize(1, 1))));
    }

    private static Embedding embedding(int person) {
        Random random = new Random(person);
        float[] vector = new float[64];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return new Embedding("m", vector);
    }

    private long nanos() {
        return millis.get() * 1_000_000;
    }

    private InstantSource clock() {
        return () -> START.plusMillis(millis.get());
    }

    /** Shows the frames' time. */
    private final class TestClock implements FeedClock {
        @Override
        public Instant now() {
            return clock().instant();
        }

        @Override
        public long nanos() {
            return VisitFlowTest.this.nanos();
        }

        @Override
        public void pause(Duration time) {
            throw new UnsupportedOperationException("a visit never pauses");
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
