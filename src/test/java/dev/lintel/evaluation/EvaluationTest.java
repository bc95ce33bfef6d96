package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Section;
import dev.lintel.face.Calibration;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.testkit.Configs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Path ROOT = Path.of("people");
    private static final Calibration CALIBRATION =
            new Calibration(0.7, List.of(new Calibration.Point(1e-1, 0.5), new Calibration.Point(1e-3, 0.7)));

    private final Map<Path, Sample> files = new LinkedHashMap<>();
    private final TreeMap<String, List<Path>> people = new TreeMap<>();

    @BeforeEach
    void threePeople() {
        person("anna", 0, 5, 10);
        person("bert", 90, 95, 100);
        Path blurred = ROOT.resolve("carl/1");
        Path unseen = ROOT.resolve("carl/3");
        person("carl", 180, 185, 190);
        files.put(blurred, TestSamples.blurred(blurred, 180));
        files.put(unseen, TestSamples.unseen(unseen));
        person("dora", 270);
    }

    private void person(String name, double... degrees) {
        List<Path> mine = new java.util.ArrayList<>();
        for (int i = 0; i < degrees.length; i++) {
            Path file = ROOT.resolve(name + "/" + (i + 1));
            files.put(file, TestSamples.seen(file, degrees[i]));
            mine.add(file);
        }
        people.put(name, mine);
    }

    private Evaluation evaluation(boolean strict) throws InterruptedException {
        return new Evaluation(
                TestSamples.read(files),
                CALIBRATION,
                Configs.of(RecognitionConfig.class),
                strict,
                GroupLabels.none(),
                List.of(ROOT),
                Optional.empty());
    }

    private static Figure figure(Section section, String id) {
        return section.figures().stream()
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldIdentifyAndTakePeopleWithFewPhotosForStrangers() throws InterruptedException {
        Section section = evaluation(false).identification(new PeopleFolder(ROOT, people), 2, Optional.empty());
        assertThat(section.note())
                .contains("Gallery of 3 people with 6 templates; 3 other photos", "1 photos of strangers");
        assertThat(figure(section, "failure-to-enrol").value()).isZero();
        assertThat(figure(section, "fnir-at-default").value()).isEqualTo(1.0 / 3, within(1e-9)); // carl/3 shows no face
        assertThat(figure(section, "fpir-at-default").value()).isZero();
        assertThat(figure(section, "rank-1").value()).isEqualTo(2.0 / 3, within(1e-9));
    }

    @Test
    void shouldRefuseLikeTheApplianceWhenStrict() throws InterruptedException {
        Section section = evaluation(true).identification(new PeopleFolder(ROOT, people), 1, Optional.empty());
        assertThat(figure(section, "failure-to-enrol").basis()).isEqualTo("1 of 3");
        assertThat(figure(section, "people-not-enrolled").basis()).isEqualTo("1 of 3");
        assertThat(figure(section, "fnir-at-default").basis()).isEqualTo("2 of 6"); // both other photos of carl
    }

    @Test
    void shouldLeaveFailedImagesOutOfAllPairs() throws InterruptedException {
        Section section = evaluation(false).allPairs(new PeopleFolder(ROOT, people));
        assertThat(figure(section, "eer").basis()).startsWith("7 comparisons of the same person, 29 of");
        assertThat(figure(section, "eer").value()).isZero();
        assertThat(figure(section, "tpr-at-default").value()).isEqualTo(1);
    }

    @Test
    void shouldCountFailedPairsAsDifferentPeople() throws InterruptedException {
        Path a = ROOT.resolve("anna/1");
        Path c1 = ROOT.resolve("carl/2");
        Path c3 = ROOT.resolve("carl/3");
        List<PairsFile.Pair> fold = List.of(
                new PairsFile.Pair(c1, c3, "carl", true), new PairsFile.Pair(a, ROOT.resolve("anna/2"), "anna", true),
                new PairsFile.Pair(a, c3, "anna", false), new PairsFile.Pair(a, c1, "anna", false));
        Section section = evaluation(false).pairs(new PairsFile(List.of(fold, fold)));
        assertThat(section.note()).contains("4 pairs contain an image that could not be used");
        assertThat(figure(section, "accuracy").value()).isEqualTo(0.75);
        assertThat(section.worst().get(0).entries().get(0).score()).isEqualTo("similarity none");
    }

    @Test
    void shouldReportWhatBecameOfTheImages() throws InterruptedException {
        Section section = evaluation(false).images(files.keySet(), 2);
        assertThat(figure(section, "failure-to-acquire").basis()).isEqualTo("1 of 10");
        assertThat(figure(section, "low-quality").basis()).isEqualTo("1 of 9");
        assertThat(section.tables())
                .filteredOn(t -> t.id().equals("latency"))
                .singleElement()
                .satisfies(t -> assertThat(t.rows().get(3)).containsExactly("all", "15.0", "15.0", "15.0", "15.0"));
        assertThat(section.worst())
                .singleElement()
                .satisfies(w ->
                        assertThat(w.entries().get(0).images().get(0).file()).isEqualTo("carl/3"));
    }
}
