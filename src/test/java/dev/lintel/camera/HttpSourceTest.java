package dev.lintel.camera;

import static dev.lintel.testkit.HttpCamera.always;
import static dev.lintel.testkit.HttpCamera.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.HttpCamera;
import dev.lintel.vision.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(120)
class HttpSourceTest {
    private static final String OK = "HTTP/1.1 200 OK\n";
    private static final String JPEG = OK + "Content-Type: image/jpeg\n";

    @TempDir
    Path folder;

    private static FrameSource source(HttpCamera server) {
        return Sources.of(Configs.camera("front", server.address("")));
    }

    private static byte[] jpeg(int level) {
        return new FrameEncoder(1000).jpeg(Frames.grey(level)).bytes();
    }

    private static byte[] text(String lines) {
        return lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int level(FrameSource source) throws SourceException {
        Captured next = source.next().orElseThrow();
        assertThat(next.micros()).as("of this moment").isNegative();
        return next.frame().bgr().get(0) & 0xff;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // as it should be
                "Content-Type: multipart/x-mixed-replace; boundary=x|--x~Content-Type: image/jpeg~~|~",
                // no first boundary, as Tasmota and old ESP32 firmwares send it
                "Content-Type: multipart/x-mixed-replace; boundary=x|Content-Type: image/jpeg~~|~--x~",
                // another boundary than it says
                "Content-Type: multipart/x-mixed-replace; boundary=--x|--y~Content-Type: image/jpeg~~|~",
                // none that it says, and a wrong length
                "Content-Type: multipart/x-mixed-replace|--y~Content-Type: image/jpeg~Content-Length: 7~~|~",
                // pictures one after another
                "Content-Type: image/jpeg||",
                "Content-Type: video/x-motion-jpeg||",
                "Content-Type: text/html||",
                "Server: x||"
            })
    void shouldReadPicturesWhateverStandsBetweenThem(String type, String before, String after) throws Exception {
        byte[] open = text(before == null ? "" : before.replace('~', '\n'));
        byte[] close = text(after == null ? "" : after.replace('~', '\n'));
        HttpCamera.Answer answer = (request, number, out) -> {
            out.write(head(OK + type));
            for (int i = 0; ; i++) {
                out.write(HttpCamera.joined(open, jpeg(50 + i % 100), close));
            }
        };
        try (HttpCamera server = new HttpCamera(answer);
                FrameSource source = source(server)) {
            source.open();
            for (int i = 0; i < 20; i++) {
                assertThat(level(source)).isBetween(45, 155);
            }
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void shouldAskForASnapshotAgainAndAgain() throws Exception {
        HttpCamera.Answer answer = (request, number, out) -> {
            byte[] picture = jpeg(40 + 20 * number);
            byte[] sent = number == 2 ? Arrays.copyOf(picture, picture.length - 20) : picture; // one is cut off
            out.write(HttpCamera.joined(head(JPEG + "Content-Length: " + sent.length), sent));
        };
        try (HttpCamera server = new HttpCamera(answer);
                FrameSource source = source(server)) {
            source.open();
            for (int level : new int[] {40, 60, 100, 120}) {
                assertThat(level(source)).isBetween(level - 3, level + 3);
            }
            assertThat(server.asked()).hasSize(5).containsOnly("GET /secret/cam.jpg HTTP/1.1");
        }
    }

    @Test
    void shouldGiveItsPasswordAsTheCameraWantsIt() throws Exception {
        HttpCamera.Answer answer = (request, number, out) -> {
            boolean known = request.stream()
                    .anyMatch(line -> line.startsWith("Authorization: Digest ")
                            && line.contains("username=\"anna\"")
                            && line.contains("response="));
            out.write(
                    known
                            ? HttpCamera.joined(head(JPEG), jpeg(90))
                            : head("HTTP/1.1 401 Unauthorized\nContent-Length: 0\nConnection: close\n"
                                    + "WWW-Authenticate: Digest realm=\"cam\", nonce=\"n\", qop=\"auth\""));
        };
        try (HttpCamera server = new HttpCamera(answer);
                FrameSource source = Sources.of(Configs.camera("front", server.address("anna:pa%20ss@")));
                FrameSource without = source(server)) {
            source.open();
            assertThat(level(source)).isBetween(87, 93);
            assertThat(level(source)).isBetween(87, 93);
            assertThatThrownBy(without::open).hasMessageContaining("401");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/html; charset=utf-8|<!DOCTYPE html><html><body>Log in</body></html>",
                "Content-Type: multipart/x-mixed-replace; boundary=x|\n\n <html><body>Log in</body></html>",
                "Server: x|<html><body>Log in</body></html>",
                "Content-Type: text/html|Please log in to go on"
            })
    void shouldSayThatItGotAPageForLoggingIn(String page) throws Exception {
        String[] parts = page.split("\\|");
        HttpCamera.Answer answer = (request, number, out) -> {
            if (request.get(0).contains("/login")) {
                out.write(HttpCamera.joined(head(OK + parts[0]), text(parts[1])));
            } else {
                out.write(head("HTTP/1.1 302 Found\nLocation: /login?from=secret\nContent-Length: 0"));
            }
        };
        try (HttpCamera server = new HttpCamera(answer);
                FrameSource source = source(server)) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("a web page instead of pictures")
                    .hasMessageContaining("user and password")
                    .hasMessageNotContaining("secret");
            assertThat(server.asked()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: application/json|{\"error\": \"no such stream\"}|text (application/json) instead of pictures",
                "Content-Type: text/plain|Not here, look elsewhere|text (text/plain) instead of pictures",
                "Content-Type: image/png|and some bytes of it|only JPEG",
                "Content-Type: image/jpeg||sends nothing",
                "Content-Type: video/mp4|no video in truth, though it says so|cannot be opened"
            })
    void shouldSayWhatItGotInsteadOfPictures(String type, String body, String said) throws Exception {
        try (HttpCamera server = new HttpCamera(always(OK + type, text(body == null ? "" : body)));
                FrameSource source = source(server)) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining(said)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void shouldSayThatAPictureIsNotWhole() throws Exception {
        byte[] half = Arrays.copyOf(jpeg(90), 100);
        try (HttpCamera server = new HttpCamera(always(JPEG, half));
                FrameSource source = source(server)) {
            source.open();
            assertThatThrownBy(source::next).hasMessageContaining("no whole JPEG");
        }
    }

    @Test
    void shouldReadAVideo() throws Exception {
        byte[] clip = Files.readAllBytes(Clips.square(folder.resolve("clip.avi"), 5));
        try (HttpCamera server =
                        new HttpCamera(always(OK + "Content-Type: video/avi\nContent-Length: " + clip.length, clip));
                FrameSource source = source(server)) {
            source.open();
            int frames = 0;
            Optional<Captured> next;
            while ((next = source.next()).isPresent()) {
                assertThat(next.get().frame().width()).isEqualTo(Clips.WIDTH);
                frames++;
            }
            assertThat(frames).isEqualTo(5);
        }
    }
}
