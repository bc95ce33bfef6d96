package dev.lintel.evaluation;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.evaluation.score.ScoreDistribution;
import dev.lintel.face.Liveness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Live faces and presentation attacks before the liveness checks (ISO/IEC 30107-3): APCER is the share of attacks
 * taken for live, BPCER the share of live faces refused. Images without a face answer neither and are counted
 * apart (APNRR, BPNRR).
 */
final class AttackTrial {
    private final List<Sample> live;
    private final Map<String, List<Sample>> attacks;
    private final Proportion liveUnseen;
    private final Proportion attacksUnseen;

    /** @param attacks by the kind of attack ("species"), which ISO wants apart */
    AttackTrial(Collection<Sample> live, Map<String, List<Sample>> attacks) {
        this.live = seen(live);
        this.liveUnseen = new Proportion(live.size() - this.live.size(), live.size());
        this.attacks = new TreeMap<>();
        attacks.forEach((kind, samples) -> this.attacks.put(kind, seen(samples)));
        long all = attacks.values().stream().mapToLong(List::size).sum();
        this.attacksUnseen = new Proportion(all - attacks().size(), all);
    }

    private static List<Sample> seen(Collection<Sample> samples) {
        return samples.stream().filter(s -> s.face().isPresent()).toList();
    }

    List<Sample> live() {
        return live;
    }

    List<Sample> attacks() {
        return attacks.values().stream().flatMap(List::stream).toList();
    }

    Map<String, List<Sample>> attacksByKind() {
        return attacks;
    }

    Proportion liveUnseen() {
        return liveUnseen;
    }

    Proportion attacksUnseen() {
        return attacksUnseen;
    }

    /** The checks that were made, in their order. */
    List<String> checks() {
        List<Sample> any = new ArrayList<>(live);
        any.addAll(attacks());
        return any.isEmpty()
                ? List.of()
                : liveness(any.get(0)).checks().stream()
                        .map(Liveness.Check::name)
                        .toList();
    }

    /** Attacks that pass every check that {@code counts}. */
    Proportion attacksAccepted(Predicate<String> counts) {
        return accepted(attacks(), counts);
    }

    Proportion attacksAccepted(String kind, Predicate<String> counts) {
        return accepted(attacks.get(kind), counts);
    }

    Proportion liveRefused(Predicate<String> counts) {
        Proportion accepted = accepted(live, counts);
        return new Proportion(accepted.total() - accepted.count(), accepted.total());
    }

    private static Proportion accepted(List<Sample> samples, Predicate<String> counts) {
        return new Proportion(
                samples.stream()
                        .filter(s -> liveness(s).checks().stream()
                                .filter(c -> counts.test(c.name()))
                                .allMatch(Liveness.Check::passed))
                        .count(),
                samples.size());
    }

    /** A check's values over all thresholds, turned so that higher is more alive. */
    ErrorCurve curve(String check) {
        int sign = risesWithLife(check) ? 1 : -1;
        return new ErrorCurve(values(live, check, sign), values(attacks(), check, sign));
    }

    /** By which side of its threshold the check passes. */
    private boolean risesWithLife(String check) {
        List<Sample> all = new ArrayList<>(live);
        all.addAll(attacks());
        long agree = all.stream()
                .map(s -> check(s, check))
                .filter(c -> c.value() >= c.threshold() == c.passed())
                .count();
        return agree * 2 >= all.size();
    }

    private static ScoreDistribution values(List<Sample> samples, String check, int sign) {
        return ScoreDistribution.of(samples.stream()
                .mapToDouble(s -> sign * check(s, check).value())
                .toArray());
    }

    static Liveness.Check check(Sample sample, String name) {
        return liveness(sample).checks().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Liveness liveness(Sample sample) {
        return sample.face().orElseThrow().liveness();
    }
}
