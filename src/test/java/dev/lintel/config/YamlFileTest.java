package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldChangeAFileInItsPlaceAndKeepItsRights() throws IOException {
        Path file = Files.writeString(folder.resolve("lintel.yaml"), "# mine\ngateway: {port: 8000}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

        new YamlFile(link).change(text -> text.set("gateway.port", 9000));

        assertThat(file).hasContent("# mine\ngateway: {port: 9000}\n");
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(folder).isDirectoryContaining(there -> there.equals(file));
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void shouldMakeAFileForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("conf/lintel.yaml");

        new YamlFile(file).change(text -> text.set("gateway.port", 9000));

        assertThat(file).hasContent("gateway:\n  port: 9000\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveTheFileAloneWhenTheChangeFails() throws IOException {
        Path file = Files.writeString(folder.resolve("lintel.yaml"), "a: &x {b: 1}\nc: *x\n");

        assertThatThrownBy(() -> new YamlFile(file).change(text -> text.set("a.b", 2)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(file).hasContent("a: &x {b: 1}\nc: *x\n");
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
