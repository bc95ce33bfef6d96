package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/lintel}, with a Java that only says which engine it was given. */
class LauncherTest {
    @TempDir
    Path home;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("scripts"));
        Files.createDirectories(home.resolve("natives"));
        Files.copy(Path.of("scripts/lintel"), home.resolve("scripts/lintel"));
        Files.createFile(home.resolve("lintel.jar"));
        Files.writeString(
                home.resolve("java"),
                "#!/bin/sh\necho \"engine: ${LINTEL_INFERENCE_ENGINE:-as configured}${LINTEL_ONLY_ENGINE:+ only}\"\n");
        Files.setPosixFilePermissions(home.resolve("java"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void shouldTakeTheEngineThatIsThereWhereThereIsOnlyOne() throws Exception {
        assertThat(engine()).isEqualTo("engine: lite only\n");
    }

    @Test
    void shouldLeaveTheChoiceToTheConfigurationWhereBothAreThere() throws Exception {
        Files.createFile(home.resolve("natives/libtensorflow_cc.so.2"));

        assertThat(engine()).isEqualTo("engine: as configured\n");
    }

    private String engine() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("scripts/lintel").toString(), "serve");
        builder.environment().keySet().removeIf(name -> name.startsWith("LINTEL_"));
        builder.environment().put("LINTEL_JAVA", home.resolve("java").toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
