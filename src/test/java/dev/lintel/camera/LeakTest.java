package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera that is away for days is opened thousands of times. */
@Tag("slow")
class LeakTest {
    private static final Path FILES = Path.of("/proc/self/fd");

    @TempDir
    Path folder;

    private static void open(String address) {
        try (FrameSource source = Sources.of(Configs.camera("away", address))) {
            source.open();
            source.next();
        } catch (SourceException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static long files() throws IOException {
        try (Stream<Path> open = Files.list(FILES)) {
            return open.count();
        }
    }

    @Test
    void shouldKeepNothingOfAnAttempt() throws Exception {
        assumeThat(FILES).exists();
        String clip = Clips.square(folder.resolve("clip.avi"), 3).toString();
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        busy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        busy.start();
        try {
            String away = "http://127.0.0.1:" + busy.getAddress().getPort() + "/video.mjpg";
            String gone = "http://127.0.0.1:1/video.mjpg";
            for (int i = 0; i < 5; i++) {
                open(away);
                open(gone);
                open(clip);
            }
            Pointer.deallocateReferences();
            long files = files();
            long pointers = Pointer.totalCount();
            for (int i = 0; i < 60; i++) {
                open(away);
                open(gone);
                open(clip);
            }
            assertThat(files())
                    .as("open files")
                    .isLessThanOrEqualTo(files + 8); // the server's own connections come and go
            assertThat(Pointer.totalCount()).as("native objects").isLessThanOrEqualTo(pointers + 20);
        } finally {
            busy.stop(0);
        }
    }
}
