package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Chart.Mark;
import dev.lintel.evaluation.report.Curves;
import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Figure.Unit;
import dev.lintel.evaluation.report.Section;
import dev.lintel.evaluation.report.Table;
import dev.lintel.evaluation.report.Worst;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.Proportion;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Presentation attack detection as a section of the report: each check alone, heuristics, network, all. */
final class LivenessSection {
    private static final String NETWORK = "network";

    private final AttackTrial trial;
    private final Thumbnails thumbnails;

    LivenessSection(AttackTrial trial, Thumbnails thumbnails) {
        this.trial = trial;
        this.thumbnails = thumbnails;
    }

    Section build() {
        Section.Builder section = Section.of(
                "liveness",
                "Liveness (presentation attack detection)",
                String.format(
                        Locale.ROOT,
                        "%,d live faces and %,d attacks at the configured thresholds. APCER: attacks taken for live. BPCER: live faces"
                                + " refused. Images without a face are counted apart.",
                        trial.live().size(),
                        trial.attacks().size()));
        Predicate<String> all = check -> true;
        Proportion apcer = worstKind(all);
        Proportion bpcer = trial.liveRefused(all);
        section.add(Figure.share("apcer", "Attacks taken for live (APCER), all checks", apcer)
                .asHeadline());
        section.add(Figure.share("bpcer", "Live faces refused (BPCER), all checks", bpcer)
                .asHeadline());
        section.add(Figure.plain("acer", "Mean of both (ACER)", (apcer.rate() + bpcer.rate()) / 2, Unit.SHARE, ""));
        section.add(Figure.share("attacks-without-face", "Attacks without a face (APNRR)", trial.attacksUnseen()));
        section.add(Figure.share("live-without-face", "Live images without a face (BPNRR)", trial.liveUnseen()));
        section.add(checks());
        section.add(overThresholds());
        section.add(kinds());
        charts(section);
        worst(section);
        return section.build();
    }

    /** ISO/IEC 30107-3 lets the most successful kind of attack speak for all. */
    private Proportion worstKind(Predicate<String> counts) {
        return trial.attacksByKind().keySet().stream()
                .map(kind -> trial.attacksAccepted(kind, counts))
                .filter(p -> p.total() > 0)
                .max(Comparator.comparingDouble(Proportion::rate))
                .orElse(new Proportion(0, 0));
    }

    private Table checks() {
        Table.Builder table = Table.of(
                "checks",
                "At the configured thresholds",
                "Checks",
                "APCER",
                "95 % interval",
                "BPCER",
                "95 % interval",
                "ACER");
        Map<String, Predicate<String>> rows = new LinkedHashMap<>();
        trial.checks().forEach(check -> rows.put(check + " alone", check::equals));
        if (trial.checks().contains(NETWORK) && trial.checks().size() > 2) {
            rows.put("all but the network", check -> !check.equals(NETWORK));
        }
        rows.put("all", check -> true);
        rows.forEach((name, counts) -> {
            Figure apcer = Figure.share("", "", worstKind(counts));
            Figure bpcer = Figure.share("", "", trial.liveRefused(counts));
            table.row(
                    name,
                    apcer.text(),
                    apcer.intervalText(),
                    bpcer.text(),
                    bpcer.intervalText(),
                    Figure.percent((apcer.value() + bpcer.value()) / 2));
        });
        return table.build();
    }

    private Table overThresholds() {
        Table.Builder table = Table.of(
                "over-thresholds",
                "Over all thresholds of each check",
                "Check",
                "Configured",
                "Equal error rate",
                "BPCER at APCER 10 %",
                "BPCER at APCER 5 %",
                "BPCER at APCER 1 %");
        for (String check : trial.checks()) {
            ErrorCurve curve = trial.curve(check);
            if (!curve.genuine().isEmpty() && !curve.impostor().isEmpty()) {
                table.row(
                        check,
                        String.format(
                                Locale.ROOT,
                                "%.3f",
                                AttackTrial.check(trial.live().get(0), check).threshold()),
                        Figure.percent(curve.equalErrorRate()),
                        bpcerAt(curve, 0.1),
                        bpcerAt(curve, 0.05),
                        bpcerAt(curve, 0.01));
            }
        }
        return table.build();
    }

    private static String bpcerAt(ErrorCurve curve, double apcer) {
        return Figure.percent(
                curve.genuine().rejected(curve.thresholdAtFalseAccept(apcer)).rate());
    }

    private Table kinds() {
        Table.Builder table =
                Table.of("kinds", "By kind of attack, all checks", "Kind", "APCER", "95 % interval", "Attacks");
        if (trial.attacksByKind().size() > 1) {
            trial.attacksByKind().keySet().forEach(kind -> {
                Figure apcer = Figure.share("", "", trial.attacksAccepted(kind, check -> true));
                table.row(kind.isEmpty() ? "(none named)" : kind, apcer.text(), apcer.intervalText(), apcer.basis());
            });
        }
        return table.build();
    }

    private void charts(Section.Builder section) {
        Map<String, ErrorCurve> curves = new LinkedHashMap<>();
        trial.checks().forEach(check -> curves.put(check, trial.curve(check)));
        curves.values().removeIf(c -> c.genuine().isEmpty() || c.impostor().isEmpty());
        if (curves.isEmpty()) {
            return;
        }
        section.add(Curves.det("det", "Errors of each check over all thresholds (DET)", "APCER", "BPCER", curves));
        if (curves.containsKey(NETWORK)) {
            double threshold = AttackTrial.check(trial.live().get(0), NETWORK).threshold();
            section.add(Curves.histogram(
                    "histogram",
                    "The network's probability of a live face",
                    "probability",
                    0,
                    1,
                    "live",
                    "attack",
                    curves.get(NETWORK),
                    List.of(new Mark(String.format(Locale.ROOT, "threshold %.2f", threshold), threshold))));
        }
    }

    private void worst(Section.Builder section) {
        section.add(list("accepted-attacks", "Attacks taken for live", trial.attacks(), true));
        section.add(list("refused-live", "Live faces refused", trial.live(), false));
    }

    private Worst list(String id, String caption, List<Sample> samples, boolean live) {
        return new Worst(
                id,
                caption,
                samples.stream()
                        .filter(s -> s.face().orElseThrow().liveness().live() == live)
                        .limit(Comparisons.WORST)
                        .map(s -> new Worst.Entry(
                                List.of(thumbnails.image(s.file())),
                                String.join(
                                        "; ",
                                        s.face().orElseThrow().liveness().checks().stream()
                                                .filter(c -> live || !c.passed())
                                                .map(c -> c.describe())
                                                .toList())))
                        .toList());
    }
}
