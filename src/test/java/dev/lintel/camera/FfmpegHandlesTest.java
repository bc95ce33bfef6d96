package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FfmpegHandlesTest {
    @Test
    void shouldEndEachOfMoreStreamsThanJavacppHasFunctionsFor() throws Exception {
        Ffmpeg.load(false);
        List<FfmpegStream> open = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "tcp://127.0.0.1:" + silent.getLocalPort();
            for (int i = 0; i < 14; i++) {
                FfmpegStream stream = new FfmpegStream(new FfmpegStream.Bounds(
                        true, 1 << 20, "", Optional.of(Duration.ofMillis(50)), elsewhere -> true));
                open.add(stream);
                int result = assertTimeoutPreemptively(
                        Duration.ofSeconds(10), () -> stream.open(null, address, null, Map.of(), true));
                assertThat(result).as("stream %d", i).isNegative();
            }
        } finally {
            open.forEach(FfmpegStream::close);
        }
    }

    @Test
    void shouldForgetWhoIsRemoved() {
        FfmpegHandles<String> handles = new FfmpegHandles<>();
        FfmpegHandles.Handle first = handles.add("first");
        FfmpegHandles.Handle second = handles.add("second");
        assertThat(handles.of(first)).isEqualTo("first");
        handles.remove(first);
        assertThat(handles.of(first)).isNull();
        assertThat(handles.of(second)).isEqualTo("second");
    }
}
