package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.VideoFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
    private static final CameraConfig CAMERA = Configs.camera("front", "rtsp://10.0.0.5/live");
    private static final CameraConfig FILE = Configs.camera("file", "clip.avi");

    private final FakeClock clock = new FakeClock();
    private final List<DoorEvent> events = new ArrayList<>();
    private final CameraMeters meters = ApplianceMetrics.unpublished().camera("front");
    private final FrameSlot slot = new FrameSlot();
    private final List<FakeSource> opened = new ArrayList<>();
    private CameraHealth health;
    private FeedReader reader;

    /** Does what a script says: frames with their times, a failure, or an end. */
    private final class FakeSource implements FrameSource {
        private final boolean opens;
        private final long step;
        private final int frames;
        private final boolean breaks;
        private int given;
        private int closes;

        /** @param step microseconds between frames; 0 for a camera, which gives one each 40 ms */
        FakeSource(boolean opens, int frames, long step, boolean breaks) {
            this.opens = opens;
            this.frames = frames;
            this.step = step;
            this.breaks = breaks;
        }

        @Override
        public void open() throws SourceException {
            if (!opens) {
                throw new SourceException("nothing answers");
            }
        }

        @Override
        public Optional<Captured> next() throws SourceException {
            if (given == frames) {
                if (breaks) {
                    throw new SourceException("the stream ended or fell silent");
                }
                return Optional.empty();
            }
            if (step == 0) {
                clock.pass(Duration.ofMillis(40));
            }
            VideoFrame frame = Frames.grey(given % 200);
            long micros = step == 0 ? -1 : step * given;
            given++;
            return Optional.of(new Captured(frame, micros));
        }

        @Override
        public void close() {
            closes++;
        }
    }

    /** Runs through these sources and stops with the last. */
    private void run(CameraConfig camera, FakeSource... script) {
        health = new CameraHealth(camera, clock, events::add);
        List<FakeSource> left = new ArrayList<>(List.of(script));
        reader = new FeedReader(
                camera,
                () -> {
                    FakeSource next = left.remove(0);
                    opened.add(next);
                    if (left.isEmpty()) {
                        reader.stop();
                    }
                    return next;
                },
                slot,
                health,
                new ReopenPause(camera.reconnectMin(), camera.reconnectMax(), new Random(1)),
                clock,
                meters);
        reader.run();
    }

    @Test
    void shouldWaitLongerAndLongerForACameraThatIsGone() {
        FakeSource[] gone = new FakeSource[200];
        for (int i = 0; i < gone.length; i++) {
            gone[i] = new FakeSource(false, 0, 0, false);
        }
        run(CAMERA, gone);

        assertThat(clock.pauses).hasSize(199);
        assertThat(clock.pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(clock.pauses.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(clock.pauses.subList(10, 199))
                .allMatch(pause ->
                        pause.compareTo(Duration.ofSeconds(30)) <= 0 && pause.compareTo(Duration.ofSeconds(15)) >= 0);
        assertThat(clock.pauses.subList(10, 199)).as("jitter").doesNotHaveDuplicates();
        assertThat(opened).allMatch(source -> source.closes == 1);
        assertThat(events).extracting(DoorEvent::kind).containsExactly(DoorEvent.Kind.CAMERA_LOST);
    }

    @Test
    void shouldComeBackQuicklyAfterAStreamBroke() {
        run(
                CAMERA,
                new FakeSource(false, 0, 0, false),
                new FakeSource(false, 0, 0, false),
                new FakeSource(true, 50, 0, true),
                new FakeSource(true, 0, 0, true));

        assertThat(clock.pauses).hasSize(3);
        assertThat(clock.pauses.get(2)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(opened).allMatch(source -> source.closes == 1);
        assertThat(meters.frames()).isEqualTo(50);
        assertThat(events).as("a short break").isEmpty();
    }

    @Test
    void shouldKeepTheNewestFrameAndCountTheOthers() throws InterruptedException {
        run(CAMERA, new FakeSource(true, 20, 0, true), new FakeSource(true, 0, 0, true));

        assertThat(slot.take(Duration.ofMillis(1)).frame().bgr().get(0)).isGreaterThan((byte) 17);
        assertThat(slot.take(Duration.ofMillis(1))).isNull();
        long offered = meters.droppedFrames() + 1;
        assertThat(offered).as("15 of the 25 frames a second are wanted").isBetween(11L, 13L);
        assertThat(meters.frames()).isEqualTo(20);
    }

    @Test
    void shouldPlayAFileAtItsOwnPaceAndAgain() {
        long start = clock.nanos();
        run(
                FILE,
                new FakeSource(true, 26, 40_000, false),
                new FakeSource(true, 26, 40_000, false),
                new FakeSource(true, 0, 0, false));

        assertThat(Duration.ofNanos(clock.nanos() - start)).isEqualTo(Duration.ofSeconds(2));
        assertThat(clock.pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(40)) <= 0);
        assertThat(meters.frames()).isEqualTo(52);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldNotSpinOverAnEmptyFile() {
        run(
                FILE,
                new FakeSource(true, 0, 1, false),
                new FakeSource(true, 0, 1, false),
                new FakeSource(true, 0, 1, false));

        assertThat(clock.pauses).hasSize(2);
    }

    @Test
    void shouldSayThatAFileEndedWhereItIsNotToBeginAgain() {
        CameraConfig once = Configs.of(CameraConfig.class, "id: once", "source: clip.avi", "loop: false");
        FakeSource source = new FakeSource(true, 5, 40_000, false);
        run(once, source, new FakeSource(true, 5, 40_000, false));

        assertThat(opened).containsExactly(source);
        assertThat(health.state()).isEqualTo(State.LOST);
        assertThat(health.detail()).contains("end");
    }
}
