package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Chart.Mark;
import dev.lintel.evaluation.report.Curves;
import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Figure.Unit;
import dev.lintel.evaluation.report.Section;
import dev.lintel.evaluation.report.Table;
import dev.lintel.evaluation.report.Worst;
import dev.lintel.evaluation.score.ClusterBootstrap;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.LfwProtocol;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.face.Calibration;
import dev.lintel.recognition.ThresholdPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Comparisons 1:1 as a section of the report. */
final class VerificationSection {
    private static final long SEED = 1;

    private final Comparisons comparisons;
    private final ThresholdPolicy policy;
    private final Calibration calibration;
    private final Thumbnails thumbnails;

    VerificationSection(
            Comparisons comparisons, ThresholdPolicy policy, Calibration calibration, Thumbnails thumbnails) {
        this.comparisons = comparisons;
        this.policy = policy;
        this.calibration = calibration;
        this.thumbnails = thumbnails;
    }

    /** @param protocol the cross-validated accuracy, where there are folds */
    Section build(String id, String heading, String note, Optional<LfwProtocol.Result> protocol) {
        ErrorCurve curve = comparisons.curve();
        Section.Builder section = Section.of(id, heading, note);
        protocol.ifPresent(result -> section.add(new Figure(
                "accuracy",
                "Accuracy, " + result.folds().size() + " folds",
                result.accuracy(),
                Unit.SHARE,
                Optional.empty(),
                String.format(
                        Locale.ROOT, "mean of the folds, standard error %.2f points", 100 * result.standardError()),
                true)));
        for (double fmr : Rates.FMR) {
            if (fmr >= 1e-4 || curve.expectedFalseAccepts(fmr) >= Rates.RULE_OF_30) {
                section.add(trueAccepts(fmr));
            }
        }
        section.add(Figure.plain("eer", "Equal error rate", curve.equalErrorRate(), Unit.SHARE, counts())
                .asHeadline());
        double threshold = policy.forComparison(OptionalDouble.empty()).similarity();
        section.add(Figure.share(
                "tpr-at-default",
                "Same person accepted at the box's own threshold",
                curve.genuine().accepted(threshold),
                bootstrap(threshold)));
        section.add(Figure.share(
                "fmr-at-default",
                "Different person accepted there",
                curve.impostor().accepted(threshold)));
        section.add(Figure.plain(
                "default-threshold",
                "That threshold, as similarity",
                threshold,
                Unit.SCORE,
                String.format(Locale.ROOT, "distance %.3f", calibration.toDistance(threshold))));
        section.add(operatingPoints());
        section.add(groups(threshold));
        charts(section, threshold);
        section.add(worst("lowest-mated", "Same person, least alike", comparisons.worstMated()));
        section.add(worst("highest-non-mated", "Different people, most alike", comparisons.worstNonMated()));
        return section.build();
    }

    private String counts() {
        return String.format(
                Locale.ROOT,
                "%,d comparisons of the same person, %,d of different people",
                comparisons.curve().genuine().total(),
                comparisons.curve().impostor().total());
    }

    private Figure trueAccepts(double fmr) {
        double threshold = comparisons.curve().thresholdAtFalseAccept(fmr);
        Proportion accepted = comparisons.curve().genuine().accepted(threshold);
        Figure figure = Figure.share(
                "tpr-at-fmr-" + Rates.name(fmr),
                "Same person accepted at FMR " + Rates.name(fmr),
                accepted,
                bootstrap(threshold));
        double expected = comparisons.curve().expectedFalseAccepts(fmr);
        if (expected < Rates.RULE_OF_30) {
            return figure.withBasis(figure.basis()
                    + String.format(
                            Locale.ROOT,
                            "; the threshold rests on %.0f false matches, few for this rate",
                            Math.floor(expected)));
        }
        return fmr == 1e-3 ? figure.asHeadline() : figure;
    }

    private dev.lintel.evaluation.score.Interval bootstrap(double threshold) {
        return ClusterBootstrap.interval(comparisons.acceptedByPerson(threshold), SEED);
    }

    private Table operatingPoints() {
        ErrorCurve curve = comparisons.curve();
        Table.Builder table = Table.of(
                "operating-points",
                "Operating points, as measured here",
                "False match rate",
                "Similarity",
                "Distance",
                "Same person accepted",
                "False matches counted",
                "Pack's similarity");
        for (double fmr : Rates.FMR) {
            double threshold = curve.thresholdAtFalseAccept(fmr);
            long counted = curve.impostor().atOrAbove(threshold);
            if (curve.expectedFalseAccepts(fmr) < 1) {
                continue;
            }
            table.row(
                    Rates.name(fmr),
                    score(threshold),
                    String.format(Locale.ROOT, "%.3f", calibration.toDistance(threshold)),
                    Figure.percent(curve.genuine().accepted(threshold).rate()),
                    String.format(Locale.ROOT, "%,d%s", counted, counted < Rates.RULE_OF_30 ? " (few)" : ""),
                    score(calibration.similarityAtFmr(fmr)) + (calibration.extrapolated(fmr) ? " (extrapolated)" : ""));
        }
        return table.build();
    }

    private Table groups(double threshold) {
        Table.Builder table = Table.of(
                "groups",
                "By group, at the box's own threshold",
                "Group",
                "Same person rejected",
                "95 % interval",
                "Comparisons",
                "Different person accepted",
                "95 % interval",
                "Comparisons");
        comparisons.groups().forEach((group, curve) -> {
            Figure rejected = Figure.share("", "", curve.genuine().rejected(threshold));
            Figure accepted = Figure.share("", "", curve.impostor().accepted(threshold));
            table.row(
                    group,
                    rejected.text(),
                    rejected.intervalText(),
                    count(curve.genuine().total()),
                    accepted.text(),
                    accepted.intervalText(),
                    count(curve.impostor().total()));
        });
        return table.build();
    }

    private void charts(Section.Builder section, double threshold) {
        ErrorCurve curve = comparisons.curve();
        if (curve.genuine().isEmpty() || curve.impostor().isEmpty()) {
            return;
        }
        Map<String, ErrorCurve> one = Map.of("all comparisons", curve);
        Map<String, ErrorCurve> series = new LinkedHashMap<>(one);
        if (comparisons.groups().size() <= 5) {
            series.putAll(comparisons.groups());
        }
        series.values().removeIf(c -> c.genuine().isEmpty() || c.impostor().isEmpty());
        section.add(Curves.det(
                "det", "Errors over all thresholds (DET)", "false match rate", "false non-match rate", series));
        section.add(Curves.roc("roc", "Same person accepted (ROC)", "false match rate", "true match rate", series));
        section.add(Curves.histogram(
                "histogram",
                "Similarities",
                "cosine similarity",
                -0.4,
                1,
                "same person",
                "different people",
                curve,
                List.of(new Mark(String.format(Locale.ROOT, "threshold %.2f", threshold), threshold))));
    }

    private Worst worst(String id, String caption, List<Comparisons.Pair> pairs) {
        return new Worst(
                id,
                caption,
                pairs.stream()
                        .map(p -> new Worst.Entry(
                                List.of(thumbnails.image(p.a()), thumbnails.image(p.b())),
                                "similarity " + score(p.similarity())))
                        .toList());
    }

    private static String score(double similarity) {
        return Double.isInfinite(similarity) ? "none" : String.format(Locale.ROOT, "%.4f", similarity);
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
