package dev.lintel.store.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.PersonScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GalleryTest {
    private static final float TOLERANCE = 2e-6f;

    private final Gallery gallery = new Gallery();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 127, 128, 512})
    void shouldAgreeWithTheDefinitionOfCosine(int dimension) {
        List<float[]> templates = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            templates.add(vector(i, dimension));
            gallery.add(Label.of("Person " + i), i, templates.get(i));
        }

        for (int probe = 1000; probe < 1010; probe++) {
            List<Candidate> found =
                    gallery.search(List.of(vector(probe, dimension)), 700).get(0);
            assertThat(found).hasSize(700);
            Embedding asked = new Embedding("m", vector(probe, dimension));
            for (Candidate candidate : found) {
                int i = Integer.parseInt(candidate.label().text().substring("Person ".length()));
                assertThat(candidate.similarity())
                        .isCloseTo(asked.similarity(new Embedding("m", templates.get(i))), within((double) TOLERANCE));
            }
            assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
        }
    }

    @Test
    void shouldFindEachOneByItself() {
        for (int i = 0; i < 1500; i++) {
            gallery.add(Label.of("Person " + i), i, vector(i, 128));
        }

        for (int i = 0; i < 1500; i++) {
            Candidate nearest =
                    gallery.search(List.of(vector(i, 128)), 1).get(0).get(0);
            assertThat(nearest.label().text()).isEqualTo("Person " + i);
            assertThat(nearest.similarity())
                    .isCloseTo(1, within((double) TOLERANCE))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void shouldGiveASingleTemplateItsOwnSimilarity() {
        gallery.add(Label.of("a"), 1, vector(1, 128));
        gallery.add(Label.of("b"), 2, vector(2, 128));
        double alone = gallery.similarity(Label.of("a"), vector(3, 128)).orElseThrow();

        gallery.add(Label.of("a"), 3, vector(4, 128));
        assertThat(gallery.similarity(Label.of("a"), vector(3, 128)).orElseThrow())
                .isNotEqualTo(alone);
        gallery.remove(3);

        assertThat(gallery.similarity(Label.of("a"), vector(3, 128))).hasValue(alone);
        assertThat(gallery.compared()).isEqualTo(new GallerySize(2, 2));
    }

    @Test
    void shouldBeSymmetric() {
        Gallery other = new Gallery();
        gallery.add(Label.of("a"), 1, vector(1, 128));
        other.add(Label.of("b"), 1, vector(2, 128));

        assertThat(gallery.search(List.of(vector(2, 128)), 1).get(0).get(0).similarity())
                .isEqualTo(
                        other.search(List.of(vector(1, 128)), 1).get(0).get(0).similarity());
    }

    /** Lowering a threshold must only add people: the top of k is the start of the top of k + 1. */
    @Test
    void shouldNestItsAnswers() {
        for (int i = 0; i < 300; i++) {
            gallery.add(Label.of("Person " + i % 60), i, vector(i, 128));
        }

        List<Candidate> all = gallery.search(List.of(vector(999, 128)), 100).get(0);
        assertThat(all).hasSize(60).extracting(Candidate::label).doesNotHaveDuplicates();
        for (int top = 1; top <= 60; top++) {
            assertThat(gallery.search(List.of(vector(999, 128)), top).get(0)).isEqualTo(all.subList(0, top));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFollowRandomChangesLikeANaiveModel(long seed) {
        Random random = new Random(seed);
        Map<Label, Map<Long, float[]>> model = new HashMap<>();
        long nextId = 1;
        for (int step = 0; step < 3000; step++) {
            Label label = Label.of("Person " + random.nextInt(40));
            Label other = Label.of("Person " + random.nextInt(40));
            int kind = random.nextInt(100);
            if (kind < 70) {
                float[] vector = vector(random.nextLong(), 16);
                gallery.add(label, nextId, vector);
                model.computeIfAbsent(label, l -> new LinkedHashMap<>()).put(nextId++, vector);
            } else if (kind < 85 && model.containsKey(label)) {
                long id = model.get(label).keySet().iterator().next();
                gallery.remove(id);
                model.get(label).remove(id);
                model.values().removeIf(Map::isEmpty);
            } else if (kind < 88) {
                gallery.removeAll(label);
                model.remove(label);
            } else if (kind < 92 && model.containsKey(label) && !label.equals(other)) {
                gallery.move(label, other);
                model.computeIfAbsent(other, l -> new LinkedHashMap<>()).putAll(model.remove(label));
            }
            if (step % 50 == 0) {
                assertSame(model, vector(random.nextLong(), 16));
            }
        }
    }

    /**
     * The very same people and scores as a search that compares everybody in full: of galleries with copies, opposites, people who
     * are nearly alike, and silent ones, whatever the number of components.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "3, 16", "4, 126", "5, 256", "6, 512", "7, 256", "8, 256"})
    void shouldFindExactlyWhomAFullSearchFinds(long seed, int dimension) {
        Random random = new Random(seed);
        List<Gallery.Template> all = new ArrayList<>();
        for (int id = 0; id < 2500; id++) {
            all.add(new Gallery.Template(Label.of("Person " + random.nextInt(900)), id, like(all, random, dimension)));
        }
        gallery.addAll(all);
        for (int gone = 0; gone < 100; gone++) {
            Gallery.Template removed = all.get(random.nextInt(all.size()));
            gallery.remove(removed.id());
            all.set(all.indexOf(removed), all.get(all.size() - 1)); // the last one takes the place, as in the gallery
            all.remove(all.size() - 1);
        }
        Label silent = Label.of("Person 7");
        gallery.silence(silent);

        for (int asked = 0; asked < 25; asked++) {
            float[] probe = like(all, random, dimension);
            List<Candidate> expected = inFull(all, probe, silent);
            for (int top : new int[] {1, 2, 5, 40, 2000}) {
                assertThat(gallery.search(List.of(vector(asked, dimension), probe), top)
                                .get(1))
                        .isEqualTo(expected.subList(0, Math.min(top, expected.size())));
            }
        }
    }

    /** A stranger, a copy, an opposite, or somebody who is more or less like somebody. */
    private static float[] like(List<Gallery.Template> all, Random random, int dimension) {
        float[] vector = vector(random.nextLong(), dimension);
        if (all.isEmpty() || random.nextInt(3) == 0) {
            return vector;
        }
        float[] other = all.get(random.nextInt(all.size())).vector();
        float sign = random.nextInt(20) == 0 ? -1 : 1;
        float noise = new float[] {0, 1e-4f, 0.01f, 0.3f, 1.5f}[random.nextInt(5)];
        for (int i = 0; i < dimension; i++) {
            vector[i] = sign * other[i] + noise * vector[i];
        }
        return noise == 0 && sign > 0 ? other.clone() : new Embedding("m", vector).vector();
    }

    /** In the order of the gallery's own sums, so that no rounding differs. */
    private static List<Candidate> inFull(List<Gallery.Template> all, float[] probe, Label silent) {
        Map<Label, List<float[]>> people = new HashMap<>();
        all.forEach(template -> people.computeIfAbsent(template.label(), label -> new ArrayList<>())
                .add(template.vector()));
        people.remove(silent);
        List<Candidate> found = new ArrayList<>();
        people.forEach((label, templates) -> {
            float nearest = Float.NEGATIVE_INFINITY;
            float similarities = 0;
            float[] sum = new float[probe.length];
            for (float[] template : templates) {
                float similarity = 0;
                int d = 0;
                for (; d + 4 <= probe.length; d += 4) {
                    similarity += probe[d] * template[d]
                            + probe[d + 1] * template[d + 1]
                            + probe[d + 2] * template[d + 2]
                            + probe[d + 3] * template[d + 3];
                }
                for (; d < probe.length; d++) {
                    similarity += probe[d] * template[d];
                }
                nearest = Math.max(nearest, similarity);
                similarities += similarity;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += template[i];
                }
            }
            float length = templates.size() == 1 ? 1 : PersonScore.length(sum);
            double score = PersonScore.of(nearest, similarities, length);
            found.add(new Candidate(label, Math.max(-1, Math.min(1, score))));
        });
        found.sort(Comparator.comparingDouble(Candidate::similarity).reversed().thenComparing(Candidate::label));
        return found;
    }

    @Test
    void shouldRefuseAnotherDimension() {
        gallery.add(Label.of("a"), 1, vector(1, 128));

        assertThatThrownBy(() -> gallery.add(Label.of("b"), 2, vector(2, 64)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gallery.search(List.of(vector(2, 64)), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(gallery.accepts(64)).isFalse();
        assertThat(gallery.size()).isEqualTo(1);
    }

    /** Every searcher must see each person with all templates or none, and never a torn vector. */
    @Test
    void shouldStaySoundUnderConcurrentSearchAndChange() throws Exception {
        for (int i = 0; i < 600; i++) {
            gallery.add(Label.of("Resident " + i), i, vector(i, 128));
        }
        var pool = Executors.newFixedThreadPool(3);
        var running = new AtomicBoolean(true);
        try {
            List<Future<Integer>> searchers = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                searchers.add(pool.submit(() -> {
                    int searches = 0;
                    while (running.get()) {
                        int who = searches++ % 600;
                        Candidate nearest = gallery.search(List.of(vector(who, 128)), 1)
                                .get(0)
                                .get(0);
                        assertThat(nearest.label().text()).isEqualTo("Resident " + who);
                        assertThat(nearest.similarity()).isCloseTo(1, within((double) TOLERANCE));
                    }
                    return searches;
                }));
            }
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < 100; i++) {
                    gallery.add(Label.of("Guest " + i % 7), 10_000 + i, vector(10_000 + i, 128));
                }
                gallery.move(Label.of("Guest 1"), Label.of("Guest 2"));
                for (int guest = 0; guest < 7; guest++) {
                    gallery.removeAll(Label.of("Guest " + guest));
                }
            }
            running.set(false);
            for (Future<Integer> searcher : searchers) {
                assertThat(searcher.get()).isPositive();
            }
            assertThat(gallery.size()).isEqualTo(600);
            assertThat(gallery.people()).isEqualTo(600);
        } finally {
            running.set(false);
            pool.shutdownNow();
        }
    }

    private void assertSame(Map<Label, Map<Long, float[]>> model, float[] probe) {
        assertThat(gallery.people()).isEqualTo(model.size());
        assertThat(gallery.size())
                .isEqualTo(model.values().stream().mapToInt(Map::size).sum());
        List<Candidate> found = gallery.search(List.of(probe), 1000).get(0);
        assertThat(found).extracting(Candidate::label).containsExactlyInAnyOrderElementsOf(model.keySet());
        for (Candidate candidate : found) {
            double best = score(model.get(candidate.label()).values(), probe);
            assertThat(candidate.similarity()).isCloseTo(best, within((double) TOLERANCE));
            assertThat(gallery.similarity(candidate.label(), probe).orElseThrow())
                    .isCloseTo(best, within((double) TOLERANCE));
        }
    }

    private static double score(java.util.Collection<float[]> templates, float[] probe) {
        float[] sum = new float[probe.length];
        templates.forEach(template -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += template[i];
            }
        });
        double nearest =
                templates.stream().mapToDouble(v -> dot(v, probe)).max().orElseThrow();
        return (nearest + dot(new Embedding("m", sum).vector(), probe)) / 2;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] vector(long seed, int dimension) {
        Random random = new Random(seed);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return new Embedding("m", vector).vector();
    }
}
