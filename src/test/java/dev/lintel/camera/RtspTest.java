package dev.lintel.camera;

import static dev.lintel.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.RtspServer;
import dev.lintel.vision.FrameEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(120)
class RtspTest {
    @TempDir
    Path folder;

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
        return Sources.of(camera(address, staleAfter));
    }

    private static FrameSource overUdp(String address) {
        return Sources.of(Configs.camera("front", address, "stale-after: 3s", "transport: udp"));
    }

    private static CameraConfig camera(String address, Duration staleAfter) {
        return Configs.camera("front", address, "stale-after: " + staleAfter.toMillis() + "ms");
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
                    .hasMessageContaining("allow RTP over TCP")
                    .hasMessageContaining("transport: udp");
            assertThat(server.transports()).containsOnly("RTP/AVP/TCP");
        }
    }

    @Test
    void shouldReadACameraOverUdp() throws Exception {
        try (RtspServer server = server();
                FrameSource source = overUdp(server.address("anna:pa%20ss"))) {
            server.refuseTcp();
            source.open();
            for (int i = 0; i < 10; i++) {
                Captured captured = source.next().orElseThrow();
                assertThat(List.of(captured.frame().width(), captured.frame().height()))
                        .containsExactly(320, 240);
            }
            assertThat(server.transports()).containsOnly("RTP/AVP/UDP");
            server.fallSilent();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            source.next();
                        }
                    })
                    .hasMessageContaining("fell silent");
        }
    }

    @Test
    void shouldSayThatNothingArrivesOverUdp() throws Exception {
        try (RtspServer server = server();
                FrameSource source = overUdp(server.address("anna:pa%20ss"))) {
            server.fallSilent();
            source.open();
            assertThatThrownBy(source::next).hasMessageContaining("nothing arrives over UDP");
        }
    }

    @Test
    void shouldSayThatACameraDoesNotSendOverUdp() throws Exception {
        try (RtspServer server = server();
                FrameSource source = overUdp(server.address("anna:pa%20ss"))) {
            server.refuseUdp();
            assertThatThrownBy(source::open).hasMessageContaining("does not send over UDP");
        }
    }

    @Test
    void shouldComeUpWhereKeyFramesAreRarerThanTheCameraMayBeSilent() throws Exception {
        List<List<byte[]>> pictures = Clips.h264(folder.resolve("rare.h264"), 150);
        assertThat(pictures).hasSize(150);
        Queue<DoorEvent> events = new ConcurrentLinkedQueue<>();
        Set<String> said = ConcurrentHashMap.newKeySet();
        Duration lessThanBetweenKeyFrames = Duration.ofSeconds(5);
        try (RtspServer server = RtspServer.h264(pictures, "anna", "pa ss");
                Feed feed = new Feed(
                        camera(server.address("anna:pa%20ss"), lessThanBetweenKeyFrames),
                        (frame, size) -> List.of(),
                        ApplianceMetrics.unpublished().camera("front"),
                        frame -> {},
                        events::add)) {
            feed.start();
            await("a picture", () -> {
                said.add(feed.state(null).detail());
                return feed.state(null).state() == State.LIVE;
            });
            assertThat(said).anyMatch(detail -> detail.contains("waits for a key frame"));
            assertThat(server.transports()).as("opened once").hasSize(1);
            assertThat(events).isEmpty();
        }
    }

    @Test
    void shouldSayThatACameraWaitsForAKeyFrame() throws Exception {
        List<List<byte[]>> pictures = Clips.h264(folder.resolve("rare.h264"), 500);
        try (RtspServer server = RtspServer.h264(pictures, "anna", "pa ss")) {
            CameraProbe probe = CameraProbe.of(
                    camera(server.address("anna:pa%20ss"), Duration.ofSeconds(20)), Duration.ofSeconds(6));

            assertThat(probe.waits()).isTrue();
            assertThat(probe.detail()).contains("waits for a key frame").doesNotContain("anna", "secret");
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
