package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineCheckTest {
    @TempDir
    Path root;

    private void camera(String device, String name) throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.writeString(root.resolve("dev").resolve(device), "");
        if (name != null) {
            Path about = Files.createDirectories(
                    root.resolve("sys/class/video4linux").resolve(device));
            Files.writeString(about.resolve("name"), name + "\n");
        }
    }

    @Test
    void shouldNameTheCamerasOfTheMachine() throws IOException {
        camera("video0", "HD Webcam");
        camera("video1", null);
        camera("videodev", null);

        assertThat(new MachineCheck(root).cameras().detail()).isEqualTo("/dev/video0 (HD Webcam), /dev/video1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicam-image", "rp1-cfe-csi2_ch0"})
    void shouldSayHowARaspberrysOwnCameraIsRead(String name) throws IOException {
        camera("video0", name);

        assertThat(new MachineCheck(root).cameras().detail()).contains("/dev/video0 (" + name + ")", "rpicam://0");
    }

    private void libraries(String glibc, String glibcxx) throws IOException {
        Path folder = Files.createDirectories(root.resolve("lib/x86_64-linux-gnu"));
        Files.writeString(
                folder.resolve("libc.so.6"),
                "\0GNU C Library (Debian GLIBC) stable release version " + glibc + ".\n\0");
        Files.writeString(folder.resolve("libstdc++.so.6"), "\0GLIBCXX_3.4\0GLIBCXX_3.4.9\0GLIBCXX_" + glibcxx + "\0");
    }

    @Test
    void shouldTakeASystemWithNewLibraries() throws IOException {
        libraries("2.36", "3.4.30");

        assertThat(new MachineCheck(root).libraries())
                .isEqualTo(Finding.ok("libraries", "glibc 2.36, libstdc++ with GLIBCXX_3.4.30"));
    }

    @ParameterizedTest
    @CsvSource({"2.31, 3.4.30", "2.36, 3.4.28"})
    void shouldSayWhatAnOldSystemLacks(String glibc, String glibcxx) throws IOException {
        libraries(glibc, glibcxx);

        Finding finding = new MachineCheck(root).libraries();

        assertThat(finding.state()).isEqualTo(Finding.State.FAIL);
        assertThat(finding.detail()).contains(glibc, glibcxx, "glibc 2.35", "GLIBCXX_3.4.30", "Upgrade");
    }

    @Test
    void shouldNotMissACameraThatNobodyNeeds() {
        assertThat(new MachineCheck(root).cameras().state()).isEqualTo(Finding.State.OK);
    }
}
