package dev.lintel.evaluation;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreHistogram;
import dev.lintel.face.FusedLooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Scores of probes of several looks against people of several templates: every probe against everybody. */
final class LookComparisons {
    private final List<List<FusedLooks.Look>> people;

    /** @param faces of each person */
    LookComparisons(Map<String, List<FusedLooks.Look>> faces) {
        this.people = List.copyOf(faces.values());
    }

    /** @param first of the person's pictures that it is made of */
    private record Probe(int person, int first, float[] vector) {}

    private record Known(int person, int first, KnownPerson known) {}

    /** The same person counts only where no picture is on both sides. */
    ErrorCurve curve(int looks, int templates) {
        List<Probe> probes = new ArrayList<>();
        List<Known> known = new ArrayList<>();
        for (int p = 0; p < people.size(); p++) {
            List<List<FusedLooks.Look>> fused = LookGroups.of(people.get(p), looks);
            for (int i = 0; i < fused.size(); i++) {
                probes.add(new Probe(
                        p, i * looks, FusedLooks.of(fused.get(i)).mean().vector()));
            }
            List<List<FusedLooks.Look>> sets = LookGroups.of(people.get(p), templates);
            for (int i = 0; i < sets.size(); i++) {
                known.add(new Known(
                        p,
                        i * templates,
                        KnownPerson.of(sets.get(i).stream()
                                .map(look -> look.embedding().vector())
                                .toList())));
            }
        }
        ScoreHistogram mated = new ScoreHistogram();
        ScoreHistogram nonMated = new ScoreHistogram();
        int parts = Runtime.getRuntime().availableProcessors();
        IntStream.range(0, parts).parallel().forEach(part -> {
            ScoreHistogram same = new ScoreHistogram();
            ScoreHistogram different = new ScoreHistogram();
            for (int i = part; i < probes.size(); i += parts) {
                compare(probes.get(i), looks, known, templates, same, different);
            }
            synchronized (mated) {
                mated.add(same);
                nonMated.add(different);
            }
        });
        return new ErrorCurve(mated.toDistribution(), nonMated.toDistribution());
    }

    private static void compare(
            Probe probe, int looks, List<Known> known, int templates, ScoreHistogram same, ScoreHistogram different) {
        for (Known other : known) {
            if (other.person != probe.person) {
                different.add(other.known.score(probe.vector));
            } else if (other.first >= probe.first + looks || probe.first >= other.first + templates) {
                same.add(other.known.score(probe.vector));
            }
        }
    }

    /** Mean similarity of two pictures of one person, each person counting the same; 0 if nobody has two. */
    double likeness() {
        return people.stream()
                .map(faces -> LookGroups.of(faces, 2))
                .filter(pairs -> !pairs.isEmpty())
                .mapToDouble(pairs -> pairs.stream()
                        .mapToDouble(pair ->
                                pair.get(0).embedding().similarity(pair.get(1).embedding()))
                        .average()
                        .orElseThrow())
                .average()
                .orElse(0);
    }
}
