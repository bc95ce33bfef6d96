package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.camera.SourceAddress.Kind;
import dev.lintel.config.ConfigException;
import dev.lintel.testkit.Configs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraConfigTest {

    @ParameterizedTest
    @CsvSource({
        "/dev/video0, DEVICE, /dev/video0",
        "/dev/v4l/by-id/usb-cam-index0, DEVICE, /dev/v4l/by-id/usb-cam-index0",
        "rtsp://anna:pa%40ss@10.0.0.5:8554/live/secret?token=secret, RTSP, rtsp://10.0.0.5:8554",
        "rtsp://anna:se#cr/et@cam_1:8554/live, RTSP, rtsp://cam_1:8554",
        "RTSP://10.0.0.5/live, RTSP, rtsp://10.0.0.5:554",
        "http://user:secret@cam.local/video.mjpg?pwd=secret, HTTP, http://cam.local:80",
        "https://[fd00::5]/v, HTTP, https://[fd00::5]:443",
        "rpicam://1, RPICAM, rpicam://1",
        "rpicam://, RPICAM, rpicam://0",
        "data/clip.mp4, PATH, data/clip.mp4"
    })
    void shouldKnowASourceAndShowNoSecret(String source, Kind kind, String shown) {
        CameraConfig camera = Configs.camera("front", source);

        assertThat(camera.address().kind()).isEqualTo(kind);
        assertThat(camera.address().toString()).isEqualTo(shown);
        assertThat(camera.toString() + camera.address()).doesNotContain("secret", "anna", "pa%40ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://anna:secret@host/x",
                "http://host/secret?mail=anna@b",
                "rtsp://anna:secret@host:99999/",
                "http://",
                "rpicam://front?secret"
            })
    void shouldRefuseAnAddressWithoutRepeatingIt(String source) {
        assertThatThrownBy(() -> Configs.camera("front", source))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("source: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "anna"));
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> Configs.camera("two words", "/dev/video0")).hasMessageContaining("id: must be");
        assertThatThrownBy(() -> Configs.of(CameraConfig.class, "id: a")).hasMessageContaining("source: is missing");
        assertThatThrownBy(() -> Configs.of(CameraConfig.class, "id: a", "source: /dev/video0", "width: 640"))
                .hasMessageContaining("width: must be given together with height");
        assertThatThrownBy(() -> Configs.of(CameraConfig.class, "id: a", "source: /dev/video0", "fps: 90"))
                .hasMessage("fps: must be 1..60, was 90");
        assertThatThrownBy(() -> Configs.camera("a", "rtsps://host/live", "transport: udp"))
                .hasMessageContaining("transport: udp is for addresses that begin with rtsp://");
        assertThat(Configs.camera("a", "RTSP://host/live", "transport: udp").transport())
                .isEqualTo(Transport.UDP);
        assertThat(Configs.camera("a", "rtsp://host/live").transport()).isEqualTo(Transport.TCP);
        assertThatThrownBy(() -> new RegionConfig(0.5, 0.0, 0.5, 1.0)).hasMessageContaining("left, right");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+999999999-12-31T23:59:59Z", "-000001-01-01T00:00:00Z", "1999-12-31T00:00:00Z", "yesterday"})
    void shouldRefuseATimeThatNobodyMeans(String since) {
        assertThatThrownBy(() -> Configs.camera("a", "/dev/video0", "level-since: '" + since + "'"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("level-since: must be a time of the years 2000 to 9999")
                .hasMessageContaining(since);
    }

    @Test
    void shouldFindARelativeFileBelowTheHome() {
        assertThat(Configs.camera("a", "data/clip.mp4")
                        .below(Path.of("/opt/lintel"))
                        .source())
                .isEqualTo("/opt/lintel/data/clip.mp4");
        assertThat(Configs.camera("a", "/dev/video0")
                        .below(Path.of("/opt/lintel"))
                        .source())
                .isEqualTo("/dev/video0");
    }
}
