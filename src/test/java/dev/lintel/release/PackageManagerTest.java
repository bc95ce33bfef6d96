package dev.lintel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageManagerTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadAWholePackageAndRefuseOneThatWasCutShort() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not installed");
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("DEBIAN"));
        Files.writeString(tree.resolve("DEBIAN/control"), """
                Package: lintel
                Version: 0.2.0
                Architecture: all
                Maintainer: Nobody <nobody@example.com>
                Description: nothing
                """);
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("file"), noise);
        Path whole = folder.resolve("whole.deb");
        Process build = new ProcessBuilder("dpkg-deb", "--build", tree.toString(), whole.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(build.waitFor()).isZero();
        byte[] bytes = Files.readAllBytes(whole);
        PackageManager packages = PackageManager.ofThisMachine();

        assertThat(packages.read(whole).version()).isEqualTo("0.2.0");

        for (int left : new int[] {bytes.length - 1000, bytes.length / 2}) {
            Path cut = Files.write(folder.resolve("cut.deb"), Arrays.copyOf(bytes, left));
            assertThatThrownBy(() -> packages.read(cut))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("is not whole");
        }
    }
}
