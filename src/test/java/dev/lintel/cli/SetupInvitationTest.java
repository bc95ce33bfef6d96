package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_objdetect.QRCodeDetector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SetupInvitationTest {
    @Test
    void shouldSayWhereAndWithWhichCode() {
        List<String> lines =
                SetupInvitation.lines("K7QM-3XPA", 30, 8443, List.of("192.168.1.20", "fd00:0:0:0:0:0:0:1"), true);

        assertThat(String.join("\n", lines))
                .contains(
                        "https://192.168.1.20:8443/",
                        "or https://[fd00:0:0:0:0:0:0:1]:8443/",
                        "Setup code: K7QM-3XPA   (good once, for 30 minutes)");
        assertThat(SetupInvitation.lines("K7QM-3XPA", 30, 0, List.of("192.168.1.20"), true))
                .singleElement()
                .asString()
                .contains("no HTTPS")
                .doesNotContain("K7QM");
    }

    /** As a reader sees the terminal: what is drawn is light. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDrawACodeThatAReaderReads(boolean halves) {
        String address = "https://192.168.1.20:8443/#setup=K7QM-3XPA";
        List<String> lines = QrText.of(address, halves).lines().toList();
        int wide = halves ? 1 : 2;
        int width = lines.get(0).length() / wide;
        int height = lines.size() * (halves ? 2 : 1);
        int scale = 8;
        try (Mat picture = new Mat(height * scale, width * scale, opencv_core.CV_8UC1)) {
            for (int y = 0; y < height * scale; y++) {
                for (int x = 0; x < width * scale; x++) {
                    int row = y / scale;
                    char sign = lines.get(halves ? row / 2 : row).charAt(x / scale * wide);
                    boolean light = sign == '█' || sign == '#' || sign == (row % 2 == 0 ? '▀' : '▄');
                    picture.ptr(y, x).put((byte) (light ? 255 : 0));
                }
            }
            try (QRCodeDetector reader = new QRCodeDetector();
                    BytePointer read = reader.detectAndDecode(picture)) {
                assertThat(read.getString()).isEqualTo(address);
            }
        }
    }
}
