package dev.lintel.camera;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import dev.lintel.face.Deadline;
import dev.lintel.face.Refusal;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.tracking.FrameFaces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real threads against a camera on the loopback address; time passes when the test says so. */
@Tag("slow")
@Timeout(120)
class FeedTest {
    private static final Duration STALE_AFTER = Duration.ofSeconds(10);
    private static final long INTERVAL = Duration.ofMillis(1000 / Clips.FPS).toNanos();

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock();
    private final Queue<FrameFaces> frames = new ConcurrentLinkedQueue<>();
    private final Queue<DoorEvent> events = new ConcurrentLinkedQueue<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CameraMeters meters = new ApplianceMetrics(registry).camera("front");

    private static CameraConfig camera(String source, boolean picture) {
        return Configs.camera(
                "front",
                source,
                "door: main",
                "fps: 25",
                "reconnect-min: 100ms",
                "reconnect-max: 200ms",
                "stale-after: " + STALE_AFTER.toMillis() + "ms",
                "picture: " + picture);
    }

    private Feed feed(CameraConfig camera) {
        return feed(camera, (frame, size) -> List.of());
    }

    private Feed feed(CameraConfig camera, FaceSearch search) {
        return new Feed(camera, () -> Sources.of(camera), search, clock, meters, frames::add, events::add);
    }

    /** Waits for it while pictures come; without one, no time passes. */
    private void awaitWithPictures(String what, BooleanSupplier met) throws InterruptedException {
        AtomicLong last = new AtomicLong(meters.frames());
        await(what, () -> {
            if (last.getAndSet(meters.frames()) < meters.frames()) {
                clock.pass(Duration.ofMillis(200));
            }
            return met.getAsBoolean();
        });
    }

    @Test
    void shouldHandOnFramesOfAFileAtItsPace() throws Exception {
        try (Feed feed =
                feed(camera(Clips.square(folder.resolve("clip.avi"), 10).toString(), true))) {
            feed.start();
            await("frames, played again and again", () -> frames.size() >= 20);

            FrameFaces frame = frames.peek();
            assertThat(List.of(frame.width(), frame.height())).containsExactly(Clips.WIDTH, Clips.HEIGHT);
            assertThat(frame.camera()).isEqualTo("front");
            assertThat(List.of(frame.thumbnail().width(), frame.thumbnail().height()))
                    .containsExactly(160, 120);
            assertThat(frames)
                    .extracting(FrameFaces::nanos)
                    .as("each at its time, not as fast as possible")
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(nanos -> (nanos - frame.nanos()) % INTERVAL == 0);
            assertThat(feed.state(null).state()).isEqualTo(State.LIVE);
            assertThat(registry.get("lintel.camera.state")
                            .tag("state", "live")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
        assertThat(registry.find("lintel.camera.state").gauge())
                .as("gone with the camera")
                .isNull();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().matches("(camera|watch)-front"));
    }

    @Test
    void shouldComeThroughEverythingThatACameraDoes() throws Exception {
        CameraConfig play = Configs.camera(
                "play", Clips.square(folder.resolve("clip.avi"), 50).toString(), "fps: 25");
        try (MjpegServer server = new MjpegServer(play, 0);
                Feed feed = feed(camera(server.uri().toString(), true))) {
            feed.start();
            await("live", () -> feed.state(null).state() == State.LIVE);

            server.become(MjpegServer.Behaviour.FREEZE);
            awaitWithPictures("frozen", () -> feed.state(null).state() == State.FROZEN);
            server.become(MjpegServer.Behaviour.PLAY);
            awaitWithPictures("live after freeze", () -> feed.state(null).state() == State.LIVE);

            server.become(MjpegServer.Behaviour.STALL);
            await("lost by silence", () -> {
                clock.pass(STALE_AFTER.dividedBy(20));
                return feed.state(null).state() == State.LOST;
            });
            server.become(MjpegServer.Behaviour.PLAY);
            awaitWithPictures("live after silence", () -> feed.state(null).state() == State.LIVE);

            server.become(MjpegServer.Behaviour.DROP);
            await("lost by hanging up", () -> feed.state(null).state() == State.LOST);
            assertThat(feed.picture(new GetPicture("front", 0, Deadline.after(Duration.ofSeconds(20))))
                            .get(20, TimeUnit.SECONDS)
                            .fold(picture -> null, Refusal::code))
                    .isEqualTo(Refusal.Code.CAMERA_UNAVAILABLE);
            server.become(MjpegServer.Behaviour.PLAY);
            awaitWithPictures("live after hanging up", () -> feed.state(null).state() == State.LIVE);
        }
        assertThat(events)
                .extracting(DoorEvent::kind)
                .containsExactly(
                        DoorEvent.Kind.CAMERA_LOST,
                        DoorEvent.Kind.CAMERA_BACK,
                        DoorEvent.Kind.CAMERA_LOST,
                        DoorEvent.Kind.CAMERA_BACK,
                        DoorEvent.Kind.CAMERA_LOST,
                        DoorEvent.Kind.CAMERA_BACK);
        assertThat(registry.get("lintel.camera.reconnects").counter().count()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldDropFramesRatherThanFallBehind() throws Exception {
        Queue<Long> looked = new ConcurrentLinkedQueue<>();
        FaceSearch slow = (frame, size) -> {
            looked.add(clock.nanos());
            long dropped = meters.droppedFrames();
            try {
                await("more frames than it can look at", () -> meters.droppedFrames() >= dropped + 5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        try (Feed feed =
                feed(camera(Clips.square(folder.resolve("clip.avi"), 25).toString(), true), slow)) {
            feed.start();
            await("frames", () -> frames.size() >= 8);
        }
        List<Long> asked = List.copyOf(looked);
        List<FrameFaces> seen = List.copyOf(frames);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).nanos() - asked.get(i - 1))
                    .as("taken after the search of the one before began, and nearly after it ended")
                    .isGreaterThanOrEqualTo(4 * INTERVAL);
        }
    }

    @Test
    void shouldGoOnAfterASearchThatFails() throws Exception {
        AtomicLong asked = new AtomicLong();
        FaceSearch broken = (frame, size) -> {
            if (asked.incrementAndGet() < 10) {
                throw new IllegalStateException("network broke");
            }
            return List.of();
        };
        try (Feed feed =
                feed(camera(Clips.square(folder.resolve("clip.avi"), 25).toString(), true), broken)) {
            feed.start();
            await("frames", () -> !frames.isEmpty());
            assertThat(events).isEmpty();
        }
    }

    /** Whatever a thread died of: it begins again, and that is told. */
    @Test
    void shouldGoOnAfterAThreadThatDies() throws Exception {
        CameraConfig camera =
                camera(Clips.square(folder.resolve("clip.avi"), 25).toString(), true);
        AtomicLong opened = new AtomicLong();
        AtomicLong asked = new AtomicLong();
        Supplier<FrameSource> sources = () -> {
            if (opened.incrementAndGet() < 3) {
                throw new OutOfMemoryError("a picture of 16000x16000 pixels");
            }
            return Sources.of(camera);
        };
        FaceSearch search = (frame, size) -> {
            if (asked.incrementAndGet() < 3) {
                throw new StackOverflowError();
            }
            return List.of();
        };
        try (Feed feed = new Feed(camera, sources, search, clock, meters, frames::add, events::add)) {
            feed.start();
            await("frames", () -> !frames.isEmpty());

            assertThat(feed.state(null).fault()).contains("died of StackOverflowError", "2 times");
            assertThat(feed.state(null).hangs()).isFalse();
            assertThat(registry.get("lintel.camera.deaths").counter().count()).isEqualTo(2);
        }
    }

    @Test
    void shouldSayThatWhatLooksAtPicturesHangs() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        FaceSearch hanging = (frame, size) -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        AtomicLong begun = new AtomicLong();
        FaceSearch search = (frame, size) -> {
            begun.incrementAndGet();
            return hanging.look(frame, size);
        };
        try (Feed feed =
                feed(camera(Clips.square(folder.resolve("clip.avi"), 25).toString(), true), search)) {
            feed.start();
            await("a search", () -> begun.get() > 0);
            assertThat(feed.state(null).hangs()).isFalse();
            clock.pass(Duration.ofMinutes(3));

            assertThat(feed.state(null).hangs()).isTrue();
            assertThat(feed.state(null).fault()).contains("restarted");
            over.countDown();
            await("it goes on", () -> !feed.state(null).hangs());
        }
    }

    @Test
    void shouldShowItsPictureOnlyWhereAllowed() throws Exception {
        String clip = Clips.square(folder.resolve("clip.avi"), 25).toString();
        GetPicture question = new GetPicture("front", 0, Deadline.after(Duration.ofSeconds(20)));
        try (Feed feed = feed(camera(clip, true))) {
            feed.start();
            byte[] jpeg = feed.picture(question)
                    .get(20, TimeUnit.SECONDS)
                    .fold(picture -> picture.jpeg().bytes(), refusal -> null);
            assertThat(jpeg).startsWith(0xFF, 0xD8);
        }
        try (Feed feed = feed(camera(clip, false))) {
            assertThat(feed.picture(question).get(20, TimeUnit.SECONDS).fold(picture -> null, Refusal::code))
                    .isEqualTo(Refusal.Code.PICTURE_WITHHELD);
        }
    }
}
