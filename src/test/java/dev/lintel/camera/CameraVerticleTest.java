package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.CameraState;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Calibration;
import dev.lintel.face.Deadline;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.CameraMessages.ListCameras;
import dev.lintel.messages.EventMessages;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import dev.lintel.tracking.TrackingConfig;
import dev.lintel.tracking.VisitTracker;
import dev.lintel.vision.SeenFace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two cameras at work, each a folder of pictures in which the same face is always found. */
class CameraVerticleTest {
    private static final Calibration CALIBRATION =
            new Calibration(0.5, List.of(new Calibration.Point(0.1, 0.35), new Calibration.Point(0.001, 0.45)));

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch judged = new CountDownLatch(1);

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws Exception {
        judged.countDown();
        await(vertx.close());
    }

    @Test
    void shouldCountTheWorkOfAllCamerasInOneQueue() throws Exception {
        deploy(camera("front"), camera("back"));

        Await.await("a face of each camera waits to be judged", () -> waiting() == 2);
        judged.countDown();

        Await.await("all were judged", () -> waiting() == 0);
    }

    @Test
    void shouldSayHowTheCamerasAreAndRecordThatOneIsLost() throws Exception {
        BlockingQueue<DoorEvent> recorded = new LinkedBlockingQueue<>();
        await(bus.serve(EventMessages.RECORD, question -> {
            recorded.add(question.event());
            return Future.succeededFuture(Outcome.done(new Recorded(1, true, question.event())));
        }));
        Path missing = folder.resolve("missing.avi");
        deploy(camera("front"), lostAfterASecond("gone", missing));

        DoorEvent lost = recorded.poll(20, TimeUnit.SECONDS);
        CameraStates states = await(
                        bus.ask(CameraMessages.LIST, new ListCameras(Deadline.after(Duration.ofSeconds(5)))))
                .fold(found -> found, refusal -> null);

        assertThat(lost.kind()).isEqualTo(DoorEvent.Kind.CAMERA_LOST);
        assertThat(lost.camera()).isEqualTo("gone");
        assertThat(states.cameras()).extracting(CameraState::id).containsExactly("front", "gone");
        assertThat(states.cameras().get(1).state()).isEqualTo(CameraState.State.LOST);
    }

    private double waiting() {
        return meters.get("lintel.queue.depth").tag("queue", "tracking").gauge().value();
    }

    private void deploy(CameraConfig... cameras) throws Exception {
        ApplianceMetrics metrics = new ApplianceMetrics(meters);
        FrameInspector inspector = new FrameInspector(List.of(this::check), metrics);
        await(vertx.deployVerticle(new CameraVerticle(
                bus,
                List.of(cameras),
                (frame, size) -> List.of(face()),
                this::tracker,
                inspector,
                1,
                Map.of(),
                false,
                metrics)));
    }

    /** Keeps its thread until the test lets go. */
    private Liveness.Check check(SeenFace face) {
        try {
            judged.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Liveness.Check("network", 0.95, 0.5, true);
    }

    private VisitTracker tracker(CameraConfig camera) {
        return new VisitTracker(
                new VisitTracker.Source(camera.id(), Direction.IN, "m"),
                Configs.of(TrackingConfig.class),
                new ThresholdPolicy(CALIBRATION, Configs.of(RecognitionConfig.class)),
                0,
                Configs.of(SequenceConfig.class),
                InstantSource.system(),
                UUID::randomUUID);
    }

    /** Its pictures change, so that it is looked at. */
    private CameraConfig camera(String id) throws IOException {
        Path pictures = Files.createDirectory(folder.resolve(id));
        List<Color> colours = List.of(Color.BLACK, Color.WHITE);
        for (int i = 0; i < colours.size(); i++) {
            BufferedImage picture = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 180; y++) {
                for (int x = 0; x < 320; x++) {
                    picture.setRGB(x, y, colours.get(i).getRGB());
                }
            }
            ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
        }
        return Configs.camera(id, pictures.toString());
    }

    private static CameraConfig lostAfterASecond(String id, Path source) {
        return Configs.camera(id, source.toString(), "stale-after: 1s");
    }

    private static SeenFace face() {
        Landmarks points = new Landmarks(
                new Point(130, 70), new Point(170, 70), new Point(150, 90), new Point(135, 110), new Point(165, 110));
        return new SeenFace(
                new FaceBox(100, 40, 100, 100),
                points,
                0.9,
                new Quality(0.8, 100, 0, 0, 0, 80, 120, 40, List.of()),
                new FaceCrop(FaceCrop.ALIGNED, new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3]),
                new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
