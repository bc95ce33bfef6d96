package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.evaluation.EvaluationPlan.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPlanTest {
    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    @Test
    void shouldReadOnlyWhatThePairsName() throws IOException {
        Path one = file("lfw/Anna/Anna_0001.jpg");
        Path two = file("lfw/Anna/Anna_0002.jpg");
        file("lfw/Anna/Anna_0003.jpg");
        Path other = file("lfw/Bert/Bert_0001.jpg");
        file("lfw/Carl/Carl_0001.jpg");
        Path pairs = Files.writeString(folder.resolve("pairs.txt"), "1 1\nAnna 1 2\nAnna 1 Bert 1\n");
        EvaluationPlan plan = EvaluationPlan.of(new Sources(folder.resolve("lfw"), pairs, 3, null, null, null));
        assertThat(plan.files()).containsExactly(one, two, other);
        assertThat(plan.people().orElseThrow().people()).containsOnlyKeys("Anna", "Bert");
        assertThat(plan.enrol())
                .as("no search: the pairs' images are no gallery")
                .isZero();
    }

    @Test
    void shouldTellKindsOfAttackApart() throws IOException {
        Path live = file("live/a.png");
        Path loose = file("attack/x.png");
        Path print = file("attack/print/y.png");
        EvaluationPlan plan =
                EvaluationPlan.of(new Sources(null, null, 3, null, folder.resolve("live"), folder.resolve("attack")));
        assertThat(plan.live()).containsExactly(live);
        assertThat(plan.attacks()).containsOnlyKeys("", "print");
        assertThat(plan.files()).containsExactly(live, loose, print);
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> EvaluationPlan.of(new Sources(null, null, 3, null, null, null)))
                .hasMessageContaining("nothing to evaluate");
        assertThatThrownBy(() -> EvaluationPlan.of(new Sources(folder.resolve("empty"), null, 3, null, null, null)))
                .hasMessageContaining("empty: no photos in it");
        assertThatThrownBy(() -> EvaluationPlan.of(new Sources(folder.resolve("gone"), null, 3, null, null, null)))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
        assertThatThrownBy(() -> EvaluationPlan.of(new Sources(null, file("pairs.txt"), 3, null, null, null)))
                .hasMessageContaining("needs the folder");
    }
}
