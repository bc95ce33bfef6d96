package dev.lintel.camera;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.FrameEncoder;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands in for rpicam-vid. */
@Tag("slow")
@Timeout(60)
class RpicamSourceTest {
    /** Two pictures by turns, without end. */
    private static final String PLAY = "while :; do cat dark.jpg; sleep 0.02; cat light.jpg; sleep 0.02; done";

    @TempDir
    Path folder;

    @BeforeEach
    void pictures() throws IOException {
        FrameEncoder encoder = new FrameEncoder(1000);
        Files.write(
                folder.resolve("dark.jpg"),
                encoder.jpeg(Frames.grey(50, 320, 240)).bytes());
        Files.write(
                folder.resolve("light.jpg"),
                encoder.jpeg(Frames.grey(200, 320, 240)).bytes());
    }

    /** Writes its arguments and its process to files, then does this. */
    private String program(String what) throws IOException {
        Path file = Files.writeString(
                folder.resolve("rpicam-vid"),
                "#!/bin/sh\ncd " + folder + "\necho \"$@\" > arguments\necho $$ >> processes\n" + what + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private static CameraConfig camera(Duration staleAfter) {
        return Configs.with(
                Configs.of(
                        CameraConfig.class,
                        "id: front",
                        "source: 'rpicam://1'",
                        "width: 320",
                        "height: 240",
                        "fps: 20",
                        "rotation: 90",
                        "reconnect-min: 100ms",
                        "reconnect-max: 200ms"),
                Map.of("region", new RegionConfig(0.0, 0.0, 1.0, 0.5), "staleAfter", staleAfter));
    }

    private static FrameSource source(Duration start, String... programs) {
        CameraConfig camera = camera(Duration.ofSeconds(30));
        return new RpicamSource(camera, Sources.view(camera), List.of(programs), start);
    }

    private static FrameSource source(String... programs) {
        return source(Duration.ofSeconds(30), programs);
    }

    private static int level(FrameSource source) throws SourceException {
        return source.next().orElseThrow().frame().bgr().get(0) & 0xff;
    }

    private List<Long> processes() {
        try {
            return Files.readAllLines(folder.resolve("processes")).stream()
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A dead child that its parent has not looked after yet is gone. */
    private static boolean runs(long process) {
        try {
            return !Files.readString(Path.of("/proc/" + process + "/stat"))
                    .replaceAll(".*\\) ", "")
                    .startsWith("Z");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldGivePicturesAsTheyAreLookedAt() throws Exception {
        try (FrameSource source = source(program(PLAY))) {
            source.open();
            FrameSource.Captured captured = source.next().orElseThrow();
            assertThat(captured.micros()).as("it is of this moment").isNegative();
            VideoFrame frame = captured.frame();
            assertThat(List.of(frame.width(), frame.height())).containsExactly(320, 240);
            assertThat(List.of(frame.seenWidth(), frame.seenHeight()))
                    .as("turned, the upper half")
                    .containsExactly(240, 160);
            List<Integer> levels = new ArrayList<>();
            while (!levels.containsAll(List.of(50, 200))) {
                levels.add(level(source));
            }
        }
        assertThat(Files.readString(folder.resolve("arguments")))
                .contains(
                        "--camera 1 ",
                        "--timeout 0 ",
                        "--nopreview ",
                        "--codec mjpeg ",
                        "--width 320 --height 240 --framerate 20 ",
                        "--flush ",
                        "--output -\n");
    }

    @Test
    void shouldSayWhatTheProgramSaidWhenItEnded() throws Exception {
        String talkative = "yes chatter | head -c 300000 >&2; echo 'ERROR: *** no cameras available ***' >&2; exit 255";
        try (FrameSource source = source(program(talkative))) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessage(
                            "rpicam-vid ended with code 255:"
                                    + " ERROR: *** no cameras available ***. Does rpicam-hello --list-cameras show camera 1, and does no other program use it?");
        }
        try (FrameSource source = source(program("cat dark.jpg light.jpg dark.jpg; printf 'broken pipe' >&2"))) {
            assertThatThrownBy(() -> {
                        source.open();
                        for (int i = 0; i < 4; i++) {
                            source.next();
                        }
                    })
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith("rpicam-vid ended with code 0: broken pipe.");
        }
    }

    @Test
    void shouldSayWhatToInstall() {
        try (FrameSource source = source(folder + "/rpicam-vid", folder + "/libcamera-vid")) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("rpicam-vid cannot be started: install rpicam-apps");
        }
    }

    @Test
    void shouldTakeTheOldNameWhereOnlyThatExists() throws Exception {
        try (FrameSource source = source(folder + "/none", program(PLAY))) {
            source.open();
            assertThat(source.next()).isPresent();
        }
    }

    @Test
    void shouldNotWaitForEver() throws Exception {
        try (FrameSource source = source(Duration.ofMillis(200), program("exec sleep 600"))) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("rpicam-vid sends no pictures");
        }
    }

    @Test
    void shouldPassOverDamagedPictures() throws Exception {
        byte[] damaged = Files.readAllBytes(folder.resolve("dark.jpg"));
        Arrays.fill(damaged, 20, 150, (byte) 1); // the tables
        Files.write(folder.resolve("tables.jpg"), damaged);
        Files.write(folder.resolve("empty.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9});
        String pause = "; sleep 0.1; ";
        try (FrameSource source = source(program("cat empty.jpg" + pause + "cat tables.jpg" + pause
                + "head -c 400 dark.jpg" + pause + "while :; do cat light.jpg; sleep 0.02; done"))) {
            source.open();
            assertThat(level(source)).isEqualTo(200);
        }
        try (FrameSource source =
                source(Duration.ofSeconds(1), program("while :; do cat empty.jpg; sleep 0.02; done"))) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("only pictures that are damaged");
        }
    }

    @Test
    void shouldLeaveNoProcessBehind() throws Exception {
        FrameSource source =
                source(program("trap '' TERM INT HUP; (echo in; exec sleep 600) & echo $! >> processes; " + PLAY));
        source.open();
        assertThat(processes()).hasSize(2).allMatch(RpicamSourceTest::runs);

        source.close();
        source.close();

        assertThat(runs(processes().get(0))).as("the program").isFalse();
        long child = processes().get(1);
        await("what it started", () -> !runs(child));
    }

    @Test
    void shouldKeepNothingOfAnAttempt() throws Exception {
        Path files = Path.of("/proc/self/fd");
        assumeThat(files).exists();
        String fails = program("cat dark.jpg; echo gone >&2; exit 1");
        long before = 0;
        for (int i = 0; i < 20; i++) {
            if (i == 5) {
                before = count(files);
            }
            for (String program : List.of(fails, folder + "/none")) {
                try (FrameSource source = source(program)) {
                    source.open();
                    source.next();
                    source.next();
                } catch (SourceException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        }
        assertThat(count(files)).as("open files").isLessThanOrEqualTo(before + 4);
        assertThat(processes()).hasSize(20).noneMatch(RpicamSourceTest::runs);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("drain-rpicam-vid"));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void shouldStartAgainAProgramThatStallsOrFreezes() throws Exception {
        String program = program("""
        case $(wc -l < processes) in
          1) cat dark.jpg; sleep 0.1; cat light.jpg; exec sleep 600 ;;
          2) while :; do cat dark.jpg; sleep 0.05; done ;;
        esac
        """ + PLAY);
        Queue<DoorEvent> events = new ConcurrentLinkedQueue<>();
        CameraConfig camera = camera(Duration.ofSeconds(30));
        FakeClock clock = new FakeClock();
        Feed feed = new Feed(
                camera,
                () -> new RpicamSource(camera, Sources.view(camera), List.of(program), Duration.ofSeconds(30)),
                (frame, size) -> List.of(),
                clock,
                ApplianceMetrics.unpublished().camera("front"),
                frame -> {},
                events::add);
        try (feed) {
            feed.start();
            for (int start = 1; start < 3; start++) {
                await("live", () -> feed.state(null).state() == State.LIVE);
                int before = start;
                await("another start", () -> {
                    clock.pass(Duration.ofSeconds(1));
                    return processes().size() > before;
                });
            }
            await("live with the third", () -> feed.state(null).state() == State.LIVE);
            assertThat(processes()).hasSize(3);
            assertThat(processes().subList(0, 2)).as("killed").noneMatch(RpicamSourceTest::runs);
            assertThat(events)
                    .extracting(DoorEvent::kind)
                    .contains(DoorEvent.Kind.CAMERA_LOST, DoorEvent.Kind.CAMERA_BACK);
        }
        assertThat(processes()).hasSize(3).noneMatch(RpicamSourceTest::runs);
    }

    @Test
    void shouldEndAtOnceWhileItWaits() throws Exception {
        CameraConfig camera = camera(Duration.ofMinutes(10));
        String program = program("cat dark.jpg; exec sleep 600");
        Feed feed = new Feed(
                camera,
                () -> new RpicamSource(camera, Sources.view(camera), List.of(program), Duration.ofSeconds(30)),
                (frame, size) -> List.of(),
                FeedClock.SYSTEM,
                ApplianceMetrics.unpublished().camera("front"),
                frame -> {},
                event -> {});
        feed.start();
        await("live", () -> feed.state(null).state() == State.LIVE);
        feed.close();

        assertThat(processes()).hasSize(1).noneMatch(RpicamSourceTest::runs);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().matches("(camera|watch)-front|drain-rpicam-vid"));
    }
}
