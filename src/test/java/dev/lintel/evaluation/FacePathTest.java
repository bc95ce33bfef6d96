package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.evaluation.report.HtmlReport;
import dev.lintel.evaluation.report.Report;
import dev.lintel.evaluation.report.ReportFiles;
import dev.lintel.evaluation.report.Section;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.VisionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped networks over the repository's composite faces, from files to the report on disk. */
@Tag("slow")
class FacePathTest {
    private static final Path FACES = Path.of("src/test/resources/faces");

    @TempDir
    Path folder;

    @Test
    void shouldEvaluateAFolderAndWriteTheReport() throws IOException, InterruptedException {
        Path people = folder.resolve("people");
        for (int person = 1; person <= 4; person++) {
            Path mine = Files.createDirectories(people.resolve("p" + person));
            for (String shot : List.of("a", "b")) {
                String name = String.format("%02d-%s.jpg", person, shot);
                Files.copy(FACES.resolve(name), mine.resolve(name));
            }
        }
        Files.writeString(people.resolve("broken.jpg"), "no image");
        EvaluationPlan plan = EvaluationPlan.of(new EvaluationPlan.Sources(people, null, 1, null, null, null));
        AtomicInteger steps = new AtomicInteger();
        try (FacePath path = FacePath.open(
                Configs.of(InferenceConfig.class),
                Configs.of(VisionConfig.class),
                Configs.of(LivenessConfig.class),
                Configs.of(EmbeddingConfig.class),
                LabelledFace.CENTRAL,
                ApplianceMetrics.unpublished())) {
            Samples samples = Samples.read(plan.files(), path::sample, 2, steps::incrementAndGet);
            List<Section> sections = new Evaluation(
                            samples,
                            path.calibration(),
                            Configs.of(RecognitionConfig.class),
                            false,
                            GroupLabels.none(),
                            plan.roots(),
                            Optional.of(path))
                    .sections(plan, 2);
            Report report = new Report("Test", path.facts(), sections);
            Path out = folder.resolve("a/report");
            ReportFiles.write(report, out);

            assertThat(steps).hasValue(9);
            assertThat(sections).extracting(Section::id).containsExactly("all-pairs", "identification", "images");
            assertThat(sections.get(0).figures())
                    .filteredOn(f -> f.id().equals("eer"))
                    .singleElement()
                    .satisfies(f -> assertThat(f.basis()).startsWith("4 comparisons of the same person, 24 of"));
            assertThat(sections.get(2).figures().get(0).basis())
                    .as("the broken image")
                    .isEqualTo("1 of 9");
            assertThat(sections.get(2).worst().get(0).entries().get(0).score()).isNotEmpty();
            assertThat(Files.getPosixFilePermissions(out)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(out).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/curves.csv");
            assertThat(HtmlReport.render(report))
                    .contains("data:image/jpeg;base64,", "p1/01-a.jpg")
                    .doesNotContain(folder.toString());
            assertThat(path.facts())
                    .extracting(Report.Fact::name)
                    .containsExactly("Detection", "Landmarks", "Embedding");
        }
    }
}
