package dev.lintel.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People as random directions, photos of them as directions nearby: two of one person are about 0.7 alike. */
class GroupingTest {
    private static final int DIMENSION = 64;
    private final Grouping grouping = new Grouping(0.5);
    private final Random random = new Random(11);

    @Test
    void shouldPutAFaceWhereItIsMostLike() {
        float[] anna = person(1);
        float[] bob = person(2);
        List<FaceGroup> groups = List.of(group(1, anna, 3), group(2, bob, 3));

        assertThat(grouping.home(photo(bob), groups)).map(FaceGroup::id).contains(2L);
        assertThat(grouping.home(photo(person(3)), groups)).isEmpty();
    }

    @Test
    void shouldKnowAnIgnoredFaceButNeverJoinIt() {
        float[] anna = person(1);
        FaceGroup ignored = new FaceGroup(1, true, 2, group(1, anna, 2).sum());
        FaceGroup listed = group(2, anna, 2);

        assertThat(grouping.home(photo(anna), List.of(ignored)))
                .map(FaceGroup::ignored)
                .contains(true);
        assertThat(grouping.partner(listed, List.of(ignored, listed))).isEmpty();
        assertThat(grouping.partner(listed, List.of(listed, group(3, anna, 2))))
                .map(FaceGroup::id)
                .contains(3L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindThePeopleWhateverTheOrder(long seed) {
        List<float[]> photos = new ArrayList<>();
        Map<float[], Integer> truth = new HashMap<>();
        for (int who = 0; who < 12; who++) {
            float[] person = person(100 * seed + who);
            for (int i = 0; i < 1 + who; i++) {
                float[] photo = photo(person);
                photos.add(photo);
                truth.put(photo, who);
            }
        }
        Collections.shuffle(photos, new Random(seed));

        Map<float[], Long> found = grouped(photos);

        assertThat(new HashSet<>(found.values())).hasSize(12);
        photos.forEach(a -> photos.forEach(b -> assertThat(found.get(a).equals(found.get(b)))
                .isEqualTo(truth.get(a).equals(truth.get(b)))));
    }

    /** What single linkage, and so DBSCAN, falls for: a blurred face half way between two people. */
    @Test
    void shouldNotLetOneFaceBridgeTwoPeople() {
        float[] anna = person(1);
        float[] bob = person(2);
        float[] between = unit(sum(anna, bob));
        List<float[]> photos = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            photos.add(photo(anna));
            photos.add(photo(bob));
            photos.add(unit(sum(between, scaled(noise(), 0.1f))));
        }

        Map<float[], Long> found = grouped(photos);

        Set<Long> annas = new HashSet<>();
        Set<Long> bobs = new HashSet<>();
        for (int i = 0; i < photos.size(); i += 3) {
            annas.add(found.get(photos.get(i)));
            bobs.add(found.get(photos.get(i + 1)));
        }
        assertThat(annas).hasSize(1).doesNotContainAnyElementsOf(bobs);
        assertThat(bobs).hasSize(1);
    }

    @Test
    void shouldMoveAFaceThatWasPutWrongAndSetNoiseApart() {
        float[] anna = person(1);
        float[] bob = person(2);
        List<GroupedFace> faces = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            faces.add(new GroupedFace("anna" + i, 1, photo(anna)));
            faces.add(new GroupedFace("bob" + i, 2, photo(bob)));
        }
        faces.add(new GroupedFace("bob among annas", 1, photo(bob)));
        faces.add(new GroupedFace("nobody", 1, person(9)));

        Map<String, Long> moves = grouping.tidy(faces);

        assertThat(moves).containsOnlyKeys("bob among annas", "nobody").containsEntry("bob among annas", 2L);
        assertThat(moves.get("nobody")).isNegative();
    }

    @Test
    void shouldJoinTheParts() {
        float[] anna = person(1);
        List<GroupedFace> faces = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            faces.add(new GroupedFace("anna" + i, 5 + i % 3, photo(anna)));
        }

        assertThat(new TreeMap<>(grouping.tidy(faces)))
                .hasSize(6)
                .allSatisfy((face, to) -> assertThat(to).isEqualTo(5));
    }

    @Test
    void shouldLeaveGoodOrderAlone() {
        List<GroupedFace> faces = new ArrayList<>();
        for (int who = 0; who < 5; who++) {
            for (int i = 0; i < 4; i++) {
                faces.add(new GroupedFace(who + "/" + i, who + 1, photo(person(who))));
            }
        }

        assertThat(grouping.tidy(faces)).isEmpty();
        assertThat(grouping.tidy(List.of())).isEmpty();
    }

    @Test
    void shouldSayNothingOfTheVector() {
        assertThat(group(3, person(1), 2)).hasToString("FaceGroup[3, 2 faces]");
        assertThat(new GroupedFace("s", 3, person(1))).hasToString("GroupedFace[s in 3]");
    }

    /** As the store does it: one face after the other, then a look over the whole. */
    private Map<float[], Long> grouped(List<float[]> photos) {
        Map<Long, FaceGroup> groups = new TreeMap<>();
        Map<float[], Long> where = new HashMap<>();
        long next = 1;
        for (float[] photo : photos) {
            var home = grouping.home(photo, groups.values());
            FaceGroup group = home.map(known -> known.with(photo)).orElse(FaceGroup.of(next, photo));
            next = home.isPresent() ? next : next + 1;
            groups.put(group.id(), group);
            where.put(photo, group.id());
        }
        List<GroupedFace> faces = new ArrayList<>();
        for (int i = 0; i < photos.size(); i++) {
            faces.add(new GroupedFace(Integer.toString(i), where.get(photos.get(i)), photos.get(i)));
        }
        grouping.tidy(faces).forEach((face, to) -> where.put(photos.get(Integer.parseInt(face)), to));
        return where;
    }

    private FaceGroup group(long id, float[] person, int photos) {
        FaceGroup group = FaceGroup.of(id, photo(person));
        for (int i = 1; i < photos; i++) {
            group = group.with(photo(person));
        }
        return group;
    }

    private static float[] person(long seed) {
        Random own = new Random(seed);
        own.nextInt();
        return gaussian(own);
    }

    private float[] photo(float[] person) {
        return unit(sum(person, scaled(noise(), 0.65f)));
    }

    private float[] noise() {
        return gaussian(random);
    }

    private static float[] gaussian(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return unit(vector);
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static float[] scaled(float[] a, float factor) {
        float[] scaled = a.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private static float[] unit(float[] a) {
        double norm = 0;
        for (float v : a) {
            norm += v * v;
        }
        return scaled(a, (float) (1 / Math.sqrt(norm)));
    }
}
