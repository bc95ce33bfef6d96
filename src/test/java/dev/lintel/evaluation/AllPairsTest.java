package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllPairsTest {
    private static AllPairs.Entry face(String person, String group, double degrees) {
        return new AllPairs.Entry(Path.of(person + degrees), person, group, TestSamples.vector(degrees));
    }

    @Test
    void shouldCompareEveryFaceWithEveryOtherOnce() {
        Comparisons c = AllPairs.compare(
                List.of(face("anna", "a", 0), face("anna", "a", 20), face("bert", "b", 60), face("carl", "a", 90)));
        assertThat(c.curve().genuine().total()).isEqualTo(1);
        assertThat(c.curve().impostor().total()).isEqualTo(5);
        assertThat(c.impostorPeople()).isEqualTo(3);
        assertThat(c.mated())
                .singleElement()
                .satisfies(m -> assertThat(m.similarity()).isEqualTo(TestSamples.similarity(20), within(1e-6)));
        // different people within 45 degrees: anna 20 to bert 60, bert 60 to carl 90
        assertThat(c.curve().impostor().atOrAbove(TestSamples.similarity(45))).isEqualTo(2);
        assertThat(c.worstNonMated().get(0).a()).isEqualTo(Path.of("bert60.0"));
        assertThat(c.worstNonMated().get(0).b()).isEqualTo(Path.of("carl90.0"));
        assertThat(c.worstNonMated()).hasSize(5);
    }

    @Test
    void shouldCountInsideGroupsOnly() {
        Comparisons c = AllPairs.compare(List.of(
                face("anna", "a", 0),
                face("anna", "a", 20),
                face("bert", "b", 60),
                face("carl", "a", 90),
                face("dora", null, 5)));
        assertThat(c.groups()).containsOnlyKeys("a", "b");
        assertThat(c.groups().get("a").genuine().total()).isEqualTo(1);
        assertThat(c.groups().get("a").impostor().total()).isEqualTo(2);
        assertThat(c.groups().get("b").impostor().total()).isZero();
    }

    @Test
    void shouldKeepTheWorstOfMany() {
        List<AllPairs.Entry> faces = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            faces.add(face("p" + i, null, random.nextDouble() * 180));
        }
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            for (int j = i + 1; j < 60; j++) {
                all.add(AllPairs.dot(faces.get(i).vector(), faces.get(j).vector()));
            }
        }
        all.sort(java.util.Comparator.reverseOrder());
        assertThat(AllPairs.compare(faces).worstNonMated())
                .extracting(Comparisons.Pair::similarity)
                .containsExactlyElementsOf(all.subList(0, Comparisons.WORST));
    }
}
