package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotoFolderTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadFoldersOfPeopleAndFilesThatCarryTheName() throws IOException {
        Files.createDirectories(folder.resolve("Zoë/deeper"));
        for (String name :
                new String[] {"Zoë/b.jpg", "Zoë/a.PNG", "Zoë/notes.txt", "Zoë/.hidden.jpg", "Anna-1.webp", "list.csv"
                }) {
            Files.writeString(folder.resolve(name), "");
        }

        assertThat(PhotoFolder.read(folder))
                .containsExactly(
                        new Photo("Anna", folder.resolve("Anna-1.webp")),
                        new Photo("Zoë", folder.resolve("Zoë/a.PNG")),
                        new Photo("Zoë", folder.resolve("Zoë/b.jpg")));
    }

    @ParameterizedTest
    @CsvSource({
        "Anna.jpg,Anna",
        "Anna-2.jpg,Anna",
        "Anna_03.jpeg,Anna",
        "Anna (2).jpg,Anna",
        "Anna B.png,Anna B",
        "007.jpg,007",
        "Jean-Luc.jpg,Jean-Luc",
        "R2-D2.jpg,R2-D2"
    })
    void shouldTakeTheLabelFromTheFileName(String file, String label) {
        assertThat(PhotoFolder.labelOf(file)).isEqualTo(label);
    }
}
