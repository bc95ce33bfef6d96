package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.evaluation.score.ErrorCurve;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GallerySearchTest {
    private static final Path FILE = Path.of("probe.jpg");

    private final GallerySearch search = new GallerySearch(Map.of(
            "anna", List.of(TestSamples.vector(0), TestSamples.vector(10)),
            "bert", List.of(TestSamples.vector(90)),
            "nobody", List.of()));

    @BeforeEach
    void search() {
        search.searchMated(FILE, "anna", TestSamples.vector(20)); // 10 from anna's second template, 70 from bert
        search.searchMated(FILE, "bert", TestSamples.vector(30)); // 20 from anna, 60 from bert: mistaken
        search.searchMated(FILE, "bert", null); // refused
        search.searchMated(FILE, "nobody", TestSamples.vector(170)); // 80 from bert: not enrolled
        search.searchStranger(FILE, "zoe", TestSamples.vector(130)); // 40 from bert
        search.searchStranger(FILE, "zoe", null); // refused
    }

    @Test
    void shouldScoreAPersonByTheNearestTemplateAndTheMean() {
        assertThat(search.mated().get(0).top()).isEqualTo("anna");
        assertThat(search.mated().get(0).similarity())
                .isEqualTo((TestSamples.similarity(10) + TestSamples.similarity(15)) / 2, within(1e-6));
        assertThat(search.people()).isEqualTo(2);
        assertThat(search.size().templates()).isEqualTo(3);
    }

    @Test
    void shouldMissWhoeverDoesNotComeFirst() {
        ErrorCurve curve = search.curve(search.strangers());
        double threshold = TestSamples.similarity(45);
        assertThat(curve.genuine().rejected(threshold).count()).isEqualTo(3);
        assertThat(curve.genuine().total()).isEqualTo(4);
        assertThat(curve.impostor().accepted(threshold).count()).isEqualTo(1);
        assertThat(curve.impostor().total()).isEqualTo(2);
        assertThat(search.mistaken(threshold)).isEqualTo(1);
    }

    @Test
    void shouldTakePeopleOutOfTheGalleryAsStrangers() {
        assertThat(search.leftOut()).extracting(GallerySearch.Probe::top).containsExactly("bert", "anna", "bert");
    }
}
