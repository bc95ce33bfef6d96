package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.ShippedModels;
import dev.lintel.vision.FaceReader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped networks on the frames of clips. */
@Tag("slow")
class RealFacesTest {
    private static FaceReader reader;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        reader = ShippedModels.reader();
    }

    @AfterAll
    static void close() {
        reader.close();
    }

    /** Share of the frames in which exactly one face was found at the default size. */
    private static double found(Path clip) throws SourceException {
        CameraConfig camera = Configs.camera("clip", clip.toString());
        int frames = 0;
        int one = 0;
        try (FrameSource source = Sources.of(camera)) {
            source.open();
            Optional<Captured> next;
            while ((next = source.next()).isPresent()) {
                int faces = reader.look(next.get().frame(), camera.detectSize()).size();
                frames++;
                one += faces == 1 ? 1 : 0;
            }
        }
        return (double) one / frames;
    }

    @Test
    void shouldFindSomebodyWhoWalksUp() throws Exception {
        assertThat(found(Clips.walkUp(folder.resolve("clip.avi"), 20))).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spoof/webcam-live.mp4", "spoof/webcam-phone-replay.mp4"})
    void shouldFindTheFaceBeforeAWebcamAndNoOther(String name) throws Exception {
        Path clip = Path.of("../shared").resolve(name);
        assumeThat(clip).as("needs the test data beside the repository").exists();

        assertThat(found(clip)).isGreaterThan(0.95);
    }
}
