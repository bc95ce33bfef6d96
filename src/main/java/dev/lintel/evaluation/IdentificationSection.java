package dev.lintel.evaluation;

import dev.lintel.evaluation.GallerySearch.Probe;
import dev.lintel.evaluation.report.Chart.Mark;
import dev.lintel.evaluation.report.Curves;
import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Figure.Unit;
import dev.lintel.evaluation.report.Section;
import dev.lintel.evaluation.report.Table;
import dev.lintel.evaluation.report.Worst;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.recognition.Threshold;
import dev.lintel.recognition.ThresholdPolicy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Searches 1:N as a section of the report. */
final class IdentificationSection {
    private IdentificationSection() {}

    /**
     * @param enrolment refused photos of those that were to be enrolled
     * @param peopleLost people of whom no photo could be enrolled, of all
     * @param byLooks see {@link LooksTable}
     */
    static Section build(
            GallerySearch search,
            Proportion enrolment,
            Proportion peopleLost,
            Table byLooks,
            ThresholdPolicy policy,
            Thumbnails thumbnails) {
        Threshold threshold = policy.forSearch(OptionalDouble.empty(), search.size());
        double at = threshold.similarity();
        boolean real = !search.strangers().isEmpty();
        List<Probe> strangers = real ? search.strangers() : search.leftOut();
        ErrorCurve curve = search.curve(strangers);
        Section.Builder section = Section.of("identification", "Identification 1:N, open set", note(search, real));
        section.add(
                Figure.share("failure-to-enrol", "Photos that could not be enrolled (failure to enrol)", enrolment));
        section.add(Figure.share("people-not-enrolled", "People without any template", peopleLost));
        section.add(Figure.share(
                        "fnir-at-default",
                        "Enrolled person not recognised (FNIR) at the box's own threshold",
                        curve.genuine().rejected(at))
                .asHeadline());
        section.add(Figure.share(
                        "fpir-at-default",
                        "Stranger taken for somebody (FPIR) there",
                        curve.impostor().accepted(at))
                .asHeadline());
        section.add(Figure.share(
                "mistaken-at-default",
                "Enrolled person taken for somebody else there",
                new Proportion(search.mistaken(at), search.mated().size())));
        if (real) {
            section.add(Figure.share(
                    "fpir-left-out",
                    "FPIR there, enrolled people searched without themselves",
                    search.curve(search.leftOut()).impostor().accepted(at)));
        }
        section.add(Figure.plain(
                "default-threshold",
                "That threshold, as similarity",
                at,
                Unit.SCORE,
                String.format(
                        Locale.ROOT,
                        "distance %.3f, for %d templates%s",
                        threshold.distance(),
                        search.size().templates(),
                        threshold
                                .basis()
                                .map(b -> b.extrapolated() ? ", extrapolated beyond the pack's calibration" : "")
                                .orElse(""))));
        for (double fpir : Rates.FPIR) {
            Figure figure = Figure.share(
                    "fnir-at-fpir-" + Rates.name(fpir),
                    "FNIR at FPIR " + Rates.name(fpir),
                    curve.genuine().rejected(curve.thresholdAtFalseAccept(fpir)));
            double expected = curve.expectedFalseAccepts(fpir);
            section.add(
                    expected >= Rates.RULE_OF_30
                            ? figure
                            : figure.withBasis(figure.basis()
                                    + String.format(
                                            Locale.ROOT,
                                            "; the threshold rests on %.0f false positives, few for this rate",
                                            Math.floor(expected))));
        }
        section.add(Figure.share(
                "rank-1",
                "Own name first, whatever the score",
                new Proportion(
                        search.mated().stream().filter(Probe::ownFirst).count(),
                        search.mated().size())));
        section.add(byLooks);
        charts(section, search, curve, at);
        section.add(worst(
                "missed",
                "Enrolled people not recognised",
                search.mated().stream()
                        .filter(p -> !p.ownFirst() || p.similarity() < at)
                        .sorted(Comparator.comparingDouble(Probe::similarity)),
                thumbnails));
        section.add(worst(
                "strangers",
                "Strangers most like somebody",
                strangers.stream()
                        .filter(p -> !p.top().isEmpty())
                        .sorted(Comparator.comparingDouble(Probe::similarity).reversed()),
                thumbnails));
        return section.build();
    }

    private static String note(GallerySearch search, boolean real) {
        return String.format(
                Locale.ROOT,
                "Gallery of %,d people with %,d templates; %,d other photos of them and %s are searched. A photo that the box"
                        + " cannot use counts as not recognised.",
                search.people(),
                search.size().templates(),
                search.mated().size(),
                real
                        ? String.format(
                                Locale.ROOT,
                                "%,d photos of strangers",
                                search.strangers().size())
                        : "the same photos in the gallery without their person, as strangers,");
    }

    private static void charts(Section.Builder section, GallerySearch search, ErrorCurve curve, double at) {
        if (curve.genuine().isEmpty() || curve.impostor().isEmpty()) {
            return;
        }
        Map<String, ErrorCurve> curves = new LinkedHashMap<>();
        curves.put(search.strangers().isEmpty() ? "people left out" : "strangers", curve);
        if (!search.strangers().isEmpty()) {
            curves.put("people left out", search.curve(search.leftOut()));
        }
        section.add(Curves.det(
                "det",
                "Errors over all thresholds (DET)",
                "false positive identification rate",
                "false negative identification rate",
                curves));
        section.add(Curves.histogram(
                "histogram",
                "Similarity of the first",
                "cosine similarity",
                -0.2,
                1,
                "own name first",
                "strangers",
                curve,
                List.of(new Mark(String.format(Locale.ROOT, "threshold %.2f", at), at))));
    }

    private static Worst worst(String id, String caption, Stream<Probe> probes, Thumbnails thumbnails) {
        return new Worst(
                id,
                caption,
                probes.limit(Comparisons.WORST)
                        .map(p -> new Worst.Entry(
                                List.of(thumbnails.image(p.file())),
                                p.top().isEmpty()
                                        ? "not searched"
                                        : String.format(Locale.ROOT, "%.4f to %s", p.similarity(), p.top())))
                        .toList());
    }
}
