package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Table;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreDistribution;
import dev.lintel.face.FusedLooks;
import dev.lintel.recognition.ThresholdPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Errors of a search by the number of looks that a probe is made of. Each probe is held against the threshold for its own looks, so
 * scores are counted from there.
 */
final class LooksTable {
    private static final int[] LOOKS = {1, 2, 3};
    private static final double FPIR = 1e-2;

    private final GallerySearch search;
    private final ThresholdPolicy policy;
    private final Map<String, List<FusedLooks.Look>> known;
    private final Map<String, List<FusedLooks.Look>> strangers;

    /**
     * @param known looks at people in the gallery, apart from those that were enrolled
     * @param strangers looks at others
     */
    LooksTable(
            GallerySearch search,
            ThresholdPolicy policy,
            Map<String, List<FusedLooks.Look>> known,
            Map<String, List<FusedLooks.Look>> strangers) {
        this.search = search;
        this.policy = policy;
        this.known = known;
        this.strangers = strangers;
    }

    Table build() {
        Table.Builder table = Table.of(
                "looks",
                "By number of looks, each at the box's own threshold",
                "Looks",
                "Not recognised (FNIR)",
                "Probes",
                "Strangers taken for somebody (FPIR)",
                "Probes",
                "People left out taken for somebody",
                "Probes",
                "FNIR at FPIR " + Rates.name(FPIR));
        for (int n : LOOKS) {
            ScoreDistribution mated = scores(known, n, false);
            ScoreDistribution others = scores(strangers, n, false);
            ScoreDistribution leftOut = scores(known, n, true);
            ErrorCurve curve = new ErrorCurve(mated, others.isEmpty() ? leftOut : others);
            table.row(
                    Integer.toString(n),
                    mated.isEmpty() ? "-" : Figure.percent(mated.rejected(0).rate()),
                    Long.toString(mated.total()),
                    others.isEmpty() ? "-" : Figure.percent(others.accepted(0).rate()),
                    Long.toString(others.total()),
                    leftOut.isEmpty() ? "-" : Figure.percent(leftOut.accepted(0).rate()),
                    Long.toString(leftOut.total()),
                    mated.isEmpty() || curve.impostor().isEmpty()
                            ? "-"
                            : Figure.percent(curve.genuine()
                                    .rejected(curve.thresholdAtFalseAccept(FPIR))
                                    .rate()));
        }
        return table.build();
    }

    /** By how much the first exceeds the threshold; a mated probe is never accepted as somebody else. */
    private ScoreDistribution scores(Map<String, List<FusedLooks.Look>> people, int n, boolean leftOut) {
        List<Double> scores = new ArrayList<>();
        people.forEach((person, looks) -> {
            for (List<FusedLooks.Look> group : LookGroups.of(looks, n)) {
                FusedLooks fused = FusedLooks.of(group);
                GallerySearch.Probe found =
                        search.nearest(Path.of(person), person, fused.mean().vector(), leftOut);
                double threshold = policy.forSearch(OptionalDouble.empty(), search.size(), fused.count())
                        .similarity();
                boolean mistaken = people == known && !leftOut && !found.ownFirst();
                scores.add(mistaken ? Double.NEGATIVE_INFINITY : found.similarity() - threshold);
            }
        });
        return ScoreDistribution.of(scores.stream().mapToDouble(d -> d).toArray());
    }
}
