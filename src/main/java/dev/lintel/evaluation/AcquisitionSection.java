package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Figure.Unit;
import dev.lintel.evaluation.report.Section;
import dev.lintel.evaluation.report.Table;
import dev.lintel.evaluation.report.Worst;
import dev.lintel.evaluation.score.Percentiles;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.face.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What became of the images before anything was compared, and how long it took. */
final class AcquisitionSection {
    private AcquisitionSection() {}

    /** @param all images of people who want to be recognised */
    static Section build(
            Collection<Sample> all,
            Samples samples,
            Gate strict,
            GroupLabels groups,
            Thumbnails thumbnails,
            int threads) {
        List<Sample> seen = all.stream().filter(s -> s.face().isPresent()).toList();
        List<Sample> unseen = all.stream().filter(s -> s.face().isEmpty()).toList();
        Section.Builder section = Section.of(
                "images",
                "Images",
                "How many images gave a face, what the box would have refused at its configured limits, and the time of each step.");
        section.add(Figure.share(
                        "failure-to-acquire",
                        "No face found (failure to acquire)",
                        new Proportion(unseen.size(), all.size()))
                .asHeadline());
        section.add(Figure.share(
                "low-quality",
                "Quality below the limits for enrolment",
                new Proportion(
                        seen.stream()
                                .filter(s -> !s.face().orElseThrow().quality().acceptable())
                                .count(),
                        seen.size())));
        if (seen.stream()
                .anyMatch(s -> !s.face().orElseThrow().liveness().checks().isEmpty())) {
            section.add(Figure.share(
                    "not-live",
                    "Not taken for live",
                    new Proportion(
                            seen.stream()
                                    .filter(s ->
                                            !s.face().orElseThrow().liveness().live())
                                    .count(),
                            seen.size())));
        }
        section.add(Figure.plain(
                "images-per-second",
                "Images per second",
                samples.all().size() / Math.max(1e-9, samples.seconds()),
                Unit.RATE,
                String.format(
                        Locale.ROOT,
                        "%,d images in %.1f s on %d thread%s",
                        samples.all().size(),
                        samples.seconds(),
                        threads,
                        threads == 1 ? "" : "s")));
        section.add(latency(seen));
        section.add(reasons(all, strict));
        section.add(byGroup(all, strict, groups));
        section.add(new Worst(
                "no-face",
                "No face found",
                unseen.stream()
                        .limit(200)
                        .map(s -> new Worst.Entry(
                                List.of(thumbnails.image(s.file())),
                                s.refused().map(Enum::name).orElse("")))
                        .toList()));
        return section.build();
    }

    private static Table latency(List<Sample> seen) {
        Map<String, ToDoubleFunction<Sample.Timing>> steps = new java.util.LinkedHashMap<>();
        steps.put("decode, detect, align", Sample.Timing::read);
        steps.put("liveness", Sample.Timing::liveness);
        steps.put("embed", Sample.Timing::embed);
        steps.put("all", Sample.Timing::total);
        Table.Builder table = Table.of("latency", "Milliseconds per image", "Step", "p50", "p95", "p99", "longest");
        if (!seen.isEmpty()) {
            steps.forEach((name, step) -> {
                Percentiles p = new Percentiles(
                        seen.stream().map(Sample::timing).mapToDouble(step).toArray());
                table.row(name, millis(p.at(50)), millis(p.at(95)), millis(p.at(99)), millis(p.at(100)));
            });
        }
        return table.build();
    }

    private static Table reasons(Collection<Sample> all, Gate strict) {
        Map<String, Long> counts = new TreeMap<>();
        for (Sample sample : all) {
            strict.refusesToEnrol(sample).ifPresent(code -> counts.merge(code.name(), 1L, Long::sum));
            sample.face()
                    .ifPresent(face -> face.quality()
                            .issues()
                            .forEach(issue -> counts.merge(
                                    "  " + Refusal.Code.LOW_QUALITY + ": " + issue.kind(), 1L, Long::sum)));
        }
        Table.Builder table = Table.of("refusals", "What enrolment would refuse", "Reason", "Images", "Share");
        counts.forEach((reason, n) ->
                table.row(reason, String.format(Locale.ROOT, "%,d", n), Figure.percent((double) n / all.size())));
        return table.build();
    }

    private static Table byGroup(Collection<Sample> all, Gate strict, GroupLabels groups) {
        Map<String, List<Sample>> by = new TreeMap<>();
        all.forEach(s -> groups.of(s.file())
                .ifPresent(g -> by.computeIfAbsent(g, x -> new ArrayList<>()).add(s)));
        Table.Builder table = Table.of(
                "groups",
                "By group",
                "Group",
                "Images",
                "No face",
                "95 % interval",
                "Refused at enrolment",
                "95 % interval");
        by.forEach((group, members) -> {
            Figure unseen = Figure.share(
                    "",
                    "",
                    new Proportion(
                            members.stream().filter(s -> s.face().isEmpty()).count(), members.size()));
            Figure refused = Figure.share(
                    "",
                    "",
                    new Proportion(
                            members.stream()
                                    .filter(s -> strict.refusesToEnrol(s).isPresent())
                                    .count(),
                            members.size()));
            table.row(
                    group,
                    String.format(Locale.ROOT, "%,d", members.size()),
                    unseen.text(),
                    unseen.intervalText(),
                    refused.text(),
                    refused.intervalText());
        });
        return table.build();
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
