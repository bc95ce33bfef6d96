package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.RtspServer;
import dev.lintel.vision.FrameEncoder;
import dev.lintel.vision.FrameView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(120)
class RtspTest {

    private static RtspServer server() throws IOException {
        FrameEncoder encoder = new FrameEncoder(1000);
        List<byte[]> jpegs = IntStream.range(0, 10)
                .mapToObj(i -> encoder.jpeg(Frames.grey(60 + 10 * i, 320, 240)).bytes())
                .toList();
        return new RtspServer(jpegs, "anna", "pa ss");
    }

    private static FrameSource source(String address) {
        return source(address, Duration.ofSeconds(20));
    }

    private static FrameSource source(String address, Duration staleAfter) {
        return Sources.of(Configs.camera("front", address, "stale-after: " + staleAfter.toMillis() + "ms"));
    }

    @Test
    void shouldReadACameraWithAPasswordOverTcp() throws Exception {
        try (RtspServer server = server();
                FrameSource source = source(server.address("anna:pa%20ss"))) {
            source.open();
            for (int i = 0; i < 10; i++) {
                Captured captured = source.next().orElseThrow();
                assertThat(List.of(captured.frame().width(), captured.frame().height()))
                        .containsExactly(320, 240);
                assertThat(captured.frame().bgr().get(0) & 0xff).isBetween(55, 155);
                assertThat(captured.micros())
                        .as("it is of this moment, whatever length it is said to have")
                        .isNegative();
            }
            assertThat(server.transports()).containsExactly("RTP/AVP/TCP");
        }
    }

    @Test
    void shouldSayThatACameraSendsOverUdpAlone() throws Exception {
        try (RtspServer server = server();
                FrameSource source = source(server.address("anna:pa%20ss"))) {
            server.refuseTcp();
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("allow RTP over TCP");
            assertThat(server.transports()).containsOnly("RTP/AVP/TCP");
        }
    }

    @Test
    void shouldOpenACameraThatAnswersAtLast() throws Exception {
        AtomicBoolean failed = new AtomicBoolean(true);
        try (RtspServer server = server();
                FrameSource source = new FfmpegSource(
                        Configs.camera("front", server.address("anna:pa%20ss")), FrameView.PLAIN, failed)) {
            source.open();
            assertThat(source.next()).isPresent();
            assertThat(failed).isFalse();
        }
        try (RtspServer server = server();
                FrameSource source =
                        new FfmpegSource(Configs.camera("front", server.address("anna:no")), FrameView.PLAIN, failed)) {
            assertThatThrownBy(source::open).hasMessageContaining("401");
            assertThatThrownBy(source::open).hasMessageContaining("401");
            assertThat(failed).isTrue();
        }
    }

    @Test
    void shouldNotHangWhereTheCameraFallsSilent() throws Exception {
        try (RtspServer server = server();
                FrameSource source = source(server.address("anna:pa%20ss"), Duration.ofSeconds(2))) {
            source.open();
            source.next();
            server.fallSilent();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            source.next();
                        }
                    })
                    .isInstanceOf(SourceException.class);
        }
    }

    @Test
    void shouldSayThatThePasswordIsWrongWithoutSayingIt() throws Exception {
        try (RtspServer server = server();
                FrameSource source = source(server.address("anna:wrongword"))) {
            assertThatThrownBy(source::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("401")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("anna", "wrongword", "secret"));
        }
    }
}
