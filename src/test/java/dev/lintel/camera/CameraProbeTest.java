package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CameraProbeTest {
    @TempDir
    Path folder;

    @Test
    void shouldSayWhatACameraGives() throws Exception {
        Path clip = Clips.square(folder.resolve("clip.avi"), 3);

        assertThat(CameraProbe.of(Configs.camera("front", clip.toString())))
                .isEqualTo(new CameraProbe(true, false, clip + " gives 640x480"));
    }

    @Test
    void shouldSayWhyItDoesNotAnswer() {
        CameraProbe probe = CameraProbe.of(Configs.camera("front", "rtsp://anna:secret@127.0.0.1:1/secret"));

        assertThat(probe.answers()).isFalse();
        assertThat(probe.detail()).contains("rtsp://127.0.0.1:1").doesNotContain("secret", "anna");
    }
}
