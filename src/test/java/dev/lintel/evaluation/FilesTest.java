package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    @Test
    void shouldReadFoldersAndNamedFilesAsPeople() throws IOException {
        file("Anna/2.jpg");
        file("Anna/1.PNG");
        file("Anna/notes.txt");
        file("Bert_0001.jpg");
        file("Bert-2.webp");
        file(".hidden/1.jpg");
        file("empty/readme.md");
        PeopleFolder people = PeopleFolder.read(folder);
        assertThat(people.people()).containsOnlyKeys("Anna", "Bert");
        assertThat(people.people().get("Anna"))
                .extracting(p -> p.getFileName().toString())
                .containsExactly("1.PNG", "2.jpg");
        assertThat(people.people().get("Bert")).hasSize(2);
        assertThat(people.files()).hasSize(4);
    }

    @Test
    void shouldReadLfwPairs() throws IOException {
        Path a1 = file("Anna/Anna_0001.jpg");
        Path a2 = file("Anna/Anna_0002.png");
        Path b1 = file("Bert/Bert_0001.jpg");
        Path list = Files.writeString(
                folder.resolve("pairs.txt"), "2\t1\nAnna\t1\t2\nAnna\t2\tBert\t1\nAnna 2 1\nBert 1 Anna 1\n");
        PairsFile pairs = PairsFile.read(list, folder);
        assertThat(pairs.folds()).hasSize(2);
        assertThat(pairs.folds().get(0))
                .containsExactly(new PairsFile.Pair(a1, a2, "Anna", true), new PairsFile.Pair(a2, b1, "Anna", false));
        assertThat(pairs.folds().get(1).get(1)).isEqualTo(new PairsFile.Pair(b1, a1, "Bert", false));
        assertThat(pairs.files()).containsExactly(a1, a2, b1);
    }

    @Test
    void shouldSayWhatIsWrongWithAPairsFile() throws IOException {
        file("Anna/Anna_0001.jpg");
        assertThatThrownBy(() -> PairsFile.read(Files.writeString(folder.resolve("a"), "1 1\nAnna 1 2\n"), folder))
                .hasMessageContaining("promises 1 folds of twice 1 pairs but has 1");
        assertThatThrownBy(() -> PairsFile.read(
                        Files.writeString(folder.resolve("b"), "1 1\nAnna 1 9\nAnna 1 Anna 1\n"), folder))
                .hasMessageContaining("Anna_0009.jpg: not there");
        assertThatThrownBy(() -> PairsFile.read(
                        Files.writeString(folder.resolve("c"), "1 1\nAnna one 9\nAnna 1 Anna 1\n"), folder))
                .hasMessageContaining("line 2")
                .hasMessageContaining("'one' is no number");
    }

    @Test
    void shouldLabelAnImageByItselfOrByItsFolder() throws IOException {
        Path list = Files.writeString(
                folder.resolve("groups.csv"), "path,group\nAnna,north\n\"Bert, jr/1.jpg\",south\nAnna/2.jpg,east\n");
        GroupLabels groups = GroupLabels.read(list, folder);
        assertThat(groups.of(folder.resolve("Anna/1.jpg"))).contains("north");
        assertThat(groups.of(folder.resolve("Anna/2.jpg"))).contains("east");
        assertThat(groups.of(folder.resolve("Bert, jr/1.jpg"))).contains("south");
        assertThat(groups.of(folder.resolve("Carl/1.jpg"))).isEmpty();
        Path bad = Files.writeString(folder.resolve("bad.csv"), "Anna\n");
        assertThatThrownBy(() -> GroupLabels.read(bad, folder)).hasMessageContaining("line 1");
        assertThat(List.of(groups.isEmpty(), GroupLabels.none().isEmpty())).containsExactly(false, true);
    }
}
