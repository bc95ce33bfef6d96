package dev.lintel.evaluation;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.Proportion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scored comparisons of faces 1:1.
 *
 * @param curve mated against non-mated similarities
 * @param mated every mated comparison
 * @param worstMated the least alike of them, worst first
 * @param worstNonMated the most alike of different people, worst first
 * @param groups curves inside each group: mated, and non-mated with both faces of the group
 * @param impostorPeople how many different pairs of people stand behind the non-mated comparisons
 */
record Comparisons(
        ErrorCurve curve,
        List<Mated> mated,
        List<Pair> worstMated,
        List<Pair> worstNonMated,
        Map<String, ErrorCurve> groups,
        long impostorPeople) {

    /** How many of the worst are kept. */
    static final int WORST = 20;

    /** @param person to whom both faces belong; the comparisons of one person are no independent trials */
    record Mated(String person, double similarity) {}

    record Pair(Path a, Path b, double similarity) {}

    /** Accepted mated comparisons of each person. */
    List<Proportion> acceptedByPerson(double threshold) {
        Map<String, long[]> counts = new TreeMap<>();
        for (Mated m : mated) {
            long[] count = counts.computeIfAbsent(m.person, name -> new long[2]);
            count[0] += m.similarity >= threshold ? 1 : 0;
            count[1]++;
        }
        return counts.values().stream().map(c -> new Proportion(c[0], c[1])).toList();
    }
}
