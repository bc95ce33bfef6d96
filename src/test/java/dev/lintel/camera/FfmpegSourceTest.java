package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.GreyScaler;
import dev.lintel.vision.VideoFrame;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class FfmpegSourceTest {
    @TempDir
    Path folder;

    private static FrameSource source(String where) {
        return Sources.of(Configs.camera("test", where));
    }

    @Test
    void shouldReadAFileToItsEnd() throws Exception {
        Path clip = Clips.square(folder.resolve("clip.avi"), 20);
        try (FrameSource source = source(clip.toString())) {
            source.open();
            int frames = 0;
            long last = -1;
            Optional<Captured> next;
            while ((next = source.next()).isPresent()) {
                VideoFrame frame = next.get().frame();
                assertThat(frame.width()).isEqualTo(Clips.WIDTH);
                assertThat(frame.height()).isEqualTo(Clips.HEIGHT);
                assertThat(next.get().micros()).isGreaterThan(last);
                last = next.get().micros();
                frames++;
            }
            assertThat(frames).isEqualTo(20);
            assertThat(last).isEqualTo(19 * 40_000);
        }
    }

    @Test
    void shouldSeeTheColoursAsTheyAre() throws Exception {
        Path clip = Clips.square(folder.resolve("clip.avi"), 2);
        try (FrameSource source = source(clip.toString())) {
            source.open();
            VideoFrame frame = source.next().orElseThrow().frame();
            int at = 130 * frame.stride() + 3 * 50;
            assertThat(frame.bgr().get(at) & 0xff).as("blue").isLessThan(60);
            assertThat(frame.bgr().get(at + 2) & 0xff).as("red").isGreaterThan(200);
        }
    }

    @Test
    void shouldReadAnMjpegStream() throws Exception {
        Path clip = Clips.square(folder.resolve("clip.avi"), 50);
        CameraConfig play = Configs.camera("play", clip.toString());
        try (MjpegServer server = new MjpegServer(play, 0);
                FrameSource source = source(server.uri().toString())) {
            source.open();
            for (int i = 0; i < 10; i++) {
                Captured captured = source.next().orElseThrow();
                assertThat(captured.frame().width()).isEqualTo(Clips.WIDTH);
                assertThat(captured.micros()).as("it is of this moment").isNegative();
            }
            server.become(MjpegServer.Behaviour.DROP);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            source.next();
                        }
                    })
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("ended or fell silent");
        }
    }

    @Test
    void shouldNotBeHeldUpByAnotherCameraThatDoesNotAnswer() throws Exception {
        Path clip = Clips.square(folder.resolve("clip.avi"), 3);
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread waiting = new Thread(() -> {
                try (FrameSource source = source("rtsp://127.0.0.1:" + mute.getLocalPort() + "/")) {
                    source.open();
                } catch (SourceException e) {
                    // after ten seconds
                }
            });
            waiting.setDaemon(true);
            waiting.start();
            mute.accept(); // the look whether somebody listens
            mute.accept(); // FFmpeg, which now waits for an answer
            try (FrameSource source = source(clip.toString())) {
                source.open();
                assertThat(source.next()).isPresent();
            }
            assertThat(waiting.isAlive()).as("the other still waits").isTrue();
        }
    }

    @Test
    void shouldSayThatNothingListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (String scheme : new String[] {"rtsp", "http"}) {
            assertThatThrownBy(() -> {
                        try (FrameSource source = source(scheme + "://anna:secret@127.0.0.1:" + free + "/secret")) {
                            source.open();
                        }
                    })
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("127.0.0.1:" + free)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "anna"));
        }
    }

    @Test
    void shouldGiveUpOnAServerThatSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String scheme : new String[] {"rtsp", "http"}) {
                CameraConfig patient = Configs.camera(
                        "mute", scheme + "://anna:secret@127.0.0.1:" + mute.getLocalPort() + "/", "stale-after: 1s");
                assertThatThrownBy(() -> {
                            try (FrameSource source = Sources.of(patient)) {
                                source.open();
                            }
                        })
                        .isInstanceOf(SourceException.class)
                        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "anna"));
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoVideo() throws Exception {
        Path text = Files.writeString(folder.resolve("secret.mp4"), "no video at all ".repeat(1000));
        assertThatThrownBy(() -> {
                    try (FrameSource source = source(text.toString())) {
                        source.open();
                    }
                })
                .isInstanceOf(SourceException.class)
                .hasMessageNotContaining("secret.mp4");
        assertThatThrownBy(() -> {
                    try (FrameSource source = source(folder.resolve("none.mp4").toString())) {
                        source.open();
                    }
                })
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> {
                    try (FrameSource source = source("/dev/video77")) {
                        source.open();
                    }
                })
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("plugged in");
    }

    @Test
    void shouldFollowNoPlaylistOfAServerToAFile() throws Exception {
        Path secret = Clips.square(folder.resolve("secret.avi"), 3);
        byte[] playlist = ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + secret + "\n#EXT-X-ENDLIST\n")
                .getBytes(StandardCharsets.UTF_8);
        var server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.apple.mpegurl");
            exchange.sendResponseHeaders(200, playlist.length);
            exchange.getResponseBody().write(playlist);
            exchange.close();
        });
        server.start();
        try {
            assertThatThrownBy(() -> {
                        try (FrameSource source =
                                source("http://127.0.0.1:" + server.getAddress().getPort() + "/live.m3u8")) {
                            source.open();
                        }
                    })
                    .isInstanceOf(SourceException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldPlayAFolderOfImages() throws Exception {
        for (String name : new String[] {"01-a.jpg", "02-a.jpg", "03-a.jpg"}) {
            Files.copy(Path.of("src/test/resources/faces").resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("README.md"), "not an image");
        try (FrameSource source = source(folder.toString())) {
            source.open();
            assertThat(source.next().orElseThrow().micros()).isZero();
            assertThat(source.next().orElseThrow().micros()).isEqualTo(1_000_000 / 15);
            assertThat(source.next()).isPresent();
            assertThat(source.next()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"spoof/webcam-live.mp4, 113", "spoof/webcam-phone-replay.mp4, 79", "video/corridor-walk.gif, 36"})
    void shouldPlayRealClips(String name, int frames) throws Exception {
        Path clip = Path.of("../shared").resolve(name);
        assumeThat(clip).as("needs the test data beside the repository").exists();
        try (FrameSource source = source(clip.toString());
                GreyScaler scaler = new GreyScaler(160)) {
            source.open();
            int read = 0;
            Optional<Captured> next;
            while ((next = source.next()).isPresent()) {
                read++;
                scaler.scale(next.get().frame());
            }
            assertThat(read).isBetween(frames - 3, frames + 3);
            assertThat(scaler.width()).isEqualTo(160);
        }
    }
}
