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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real threads against a camera on the loopback address. */
@Timeout(120)
class FeedTest {
    @TempDir
    Path folder;

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
                "stale-after: 1s",
                "picture: " + picture);
    }

    private Feed feed(CameraConfig camera) {
        return new Feed(camera, (frame, size) -> List.of(), meters, frames::add, events::add);
    }

    @Test
    void shouldHandOnFramesOfAFileAtItsPace() throws Exception {
        try (Feed feed =
                feed(camera(Clips.square(folder.resolve("clip.avi"), 10).toString(), true))) {
            long start = System.nanoTime();
            feed.start();
            await("frames", () -> frames.size() >= 20);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("played again and again, not as fast as possible")
                    .isGreaterThan(Duration.ofMillis(600));

            FrameFaces frame = frames.peek();
            assertThat(List.of(frame.width(), frame.height())).containsExactly(Clips.WIDTH, Clips.HEIGHT);
            assertThat(frame.camera()).isEqualTo("front");
            assertThat(List.of(frame.thumbnail().width(), frame.thumbnail().height()))
                    .containsExactly(160, 120);
            assertThat(List.copyOf(frames)).isSortedAccordingTo(java.util.Comparator.comparingLong(FrameFaces::nanos));
            assertThat(feed.state().state()).isEqualTo(State.LIVE);
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
            await("live", () -> feed.state().state() == State.LIVE);

            server.become(MjpegServer.Behaviour.FREEZE);
            await("frozen", () -> feed.state().state() == State.FROZEN);
            server.become(MjpegServer.Behaviour.PLAY);
            await("live after freeze", () -> feed.state().state() == State.LIVE);

            server.become(MjpegServer.Behaviour.STALL);
            await("lost by silence", () -> feed.state().state() == State.LOST);
            server.become(MjpegServer.Behaviour.PLAY);
            await("live after silence", () -> feed.state().state() == State.LIVE);

            server.become(MjpegServer.Behaviour.DROP);
            await("lost by hanging up", () -> feed.state().state() == State.LOST);
            assertThat(feed.picture(new GetPicture("front", 0, Deadline.after(Duration.ofSeconds(5))))
                            .get(5, TimeUnit.SECONDS)
                            .fold(picture -> null, Refusal::code))
                    .isEqualTo(Refusal.Code.CAMERA_UNAVAILABLE);
            server.become(MjpegServer.Behaviour.PLAY);
            await("live after hanging up", () -> feed.state().state() == State.LIVE);
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
        Feed slow = new Feed(
                camera(Clips.square(folder.resolve("clip.avi"), 25).toString(), true),
                (frame, size) -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(200); // a search that takes five frames
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                },
                meters,
                frames::add,
                events::add);
        try (slow) {
            slow.start();
            await("frames", () -> frames.size() >= 8);
            assertThat(meters.droppedFrames()).isGreaterThan(15);
            long age = System.nanoTime()
                    - frames.stream()
                            .skip(frames.size() - 1)
                            .findFirst()
                            .orElseThrow()
                            .nanos();
            assertThat(Duration.ofNanos(age)).as("age of the newest frame").isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void shouldGoOnAfterASearchThatFails() throws Exception {
        Feed broken = new Feed(
                camera(Clips.square(folder.resolve("clip.avi"), 25).toString(), true),
                (frame, size) -> {
                    if (meters.frames() < 10) {
                        throw new IllegalStateException("network broke");
                    }
                    return List.of();
                },
                meters,
                frames::add,
                events::add);
        try (broken) {
            broken.start();
            await("frames", () -> !frames.isEmpty());
            assertThat(events).isEmpty();
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
            assertThat(feed.picture(question).get(1, TimeUnit.SECONDS).fold(picture -> null, Refusal::code))
                    .isEqualTo(Refusal.Code.PICTURE_WITHHELD);
        }
    }
}
