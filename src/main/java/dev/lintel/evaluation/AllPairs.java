package dev.lintel.evaluation;

import dev.lintel.evaluation.Comparisons.Mated;
import dev.lintel.evaluation.Comparisons.Pair;
import dev.lintel.evaluation.WorstPairs.Candidate;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreHistogram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Compares every face with every other: n(n-1)/2 comparisons in fixed memory, on all cores. */
final class AllPairs {
    /** One face with whose it is. */
    record Entry(Path file, String person, String group, float[] vector) {}

    private final List<Entry> faces;
    private final int[] person;
    private final int[] group;
    private final List<String> groupNames;

    private AllPairs(List<Entry> faces) {
        this.faces = faces;
        List<String> people = faces.stream().map(Entry::person).distinct().toList();
        Map<String, Integer> personIndex = indexOf(people);
        this.person = faces.stream().mapToInt(f -> personIndex.get(f.person)).toArray();
        this.groupNames = faces.stream()
                .map(Entry::group)
                .filter(g -> g != null)
                .distinct()
                .sorted()
                .toList();
        Map<String, Integer> groupIndex = indexOf(groupNames);
        this.group = faces.stream()
                .mapToInt(f -> f.group == null ? -1 : groupIndex.get(f.group))
                .toArray();
    }

    static Comparisons compare(List<Entry> faces) {
        return new AllPairs(faces).compare();
    }

    private static Map<String, Integer> indexOf(List<String> names) {
        Map<String, Integer> index = new HashMap<>();
        names.forEach(name -> index.put(name, index.size()));
        return index;
    }

    /** What one row range found. Confined to its thread until merged. */
    private final class Part {
        final ScoreHistogram mated = new ScoreHistogram();
        final ScoreHistogram nonMated = new ScoreHistogram();
        final ScoreHistogram[] matedIn = histograms();
        final ScoreHistogram[] nonMatedIn = histograms();
        final WorstPairs worstMated = new WorstPairs(Comparisons.WORST, false);
        final WorstPairs worstNonMated = new WorstPairs(Comparisons.WORST, true);
        final List<Mated> scores = new ArrayList<>();

        private ScoreHistogram[] histograms() {
            return IntStream.range(0, groupNames.size())
                    .mapToObj(i -> new ScoreHistogram())
                    .toArray(ScoreHistogram[]::new);
        }

        void row(int i) {
            float[] a = faces.get(i).vector;
            for (int j = i + 1; j < person.length; j++) {
                double similarity = dot(a, faces.get(j).vector);
                boolean same = person[i] == person[j];
                boolean inGroup = group[i] >= 0 && group[i] == group[j];
                if (same) {
                    mated.add(similarity);
                    worstMated.offer(i, j, similarity);
                    scores.add(new Mated(faces.get(i).person, similarity));
                } else {
                    nonMated.add(similarity);
                    worstNonMated.offer(i, j, similarity);
                }
                if (inGroup) {
                    (same ? matedIn : nonMatedIn)[group[i]].add(similarity);
                }
            }
        }

        void merge(Part other) {
            mated.add(other.mated);
            nonMated.add(other.nonMated);
            for (int g = 0; g < matedIn.length; g++) {
                matedIn[g].add(other.matedIn[g]);
                nonMatedIn[g].add(other.nonMatedIn[g]);
            }
            worstMated.offerAll(other.worstMated);
            worstNonMated.offerAll(other.worstNonMated);
            scores.addAll(other.scores);
        }
    }

    private Comparisons compare() {
        int parts = Runtime.getRuntime().availableProcessors();
        // rows dealt out in turn: early rows are the long ones
        Part all = IntStream.range(0, parts)
                .parallel()
                .mapToObj(first -> {
                    Part part = new Part();
                    for (int i = first; i < person.length; i += parts) {
                        part.row(i);
                    }
                    return part;
                })
                .toList()
                .stream()
                .reduce(new Part(), (sum, part) -> {
                    sum.merge(part);
                    return sum;
                });
        Map<String, ErrorCurve> groups = new TreeMap<>();
        for (int g = 0; g < groupNames.size(); g++) {
            groups.put(
                    groupNames.get(g),
                    new ErrorCurve(all.matedIn[g].toDistribution(), all.nonMatedIn[g].toDistribution()));
        }
        Set<Integer> people = new HashSet<>();
        Arrays.stream(person).forEach(people::add);
        return new Comparisons(
                new ErrorCurve(all.mated.toDistribution(), all.nonMated.toDistribution()),
                all.scores,
                pairs(all.worstMated.list()),
                pairs(all.worstNonMated.list()),
                groups,
                (long) people.size() * (people.size() - 1) / 2);
    }

    private List<Pair> pairs(List<Candidate> candidates) {
        return candidates.stream()
                .map(c -> new Pair(faces.get(c.a()).file, faces.get(c.b()).file, c.similarity()))
                .toList();
    }

    /** Four sums, because one alone makes each addition wait for the last. */
    static double dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
