package dev.lintel.evaluation;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.face.Calibration;
import dev.lintel.face.Calibration.Looks;
import dev.lintel.face.Calibration.Point;
import dev.lintel.face.FusedLooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Derives an embedder's operating points from comparisons of different people. */
public final class Calibrator {
    private static final double[] RATES = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

    /** Numbers of looks, and of templates of a person, that are measured; what lies between and beyond follows from them. */
    private static final int[] LOOKS = {1, 2, 3};

    private static final int[] TEMPLATES = {1, 3};

    private Calibrator() {}

    /**
     * One rate and what stands behind it.
     *
     * @param similarity threshold at that rate
     * @param falseMatches comparisons that reached it
     * @param samePersonAccepted share of the comparisons of the same person that reach it; NaN without any
     * @param refused why the point cannot be used
     */
    public record Finding(
            double fmr, double similarity, long falseMatches, double samePersonAccepted, Optional<String> refused) {}

    /**
     * @param comparisons of different people
     * @param peoplePairs different pairs of people behind them
     * @param findings by falling rate
     * @param calibration nothing if fewer than two points, or not the default one, could be measured
     */
    public record Result(
            long comparisons, long peoplePairs, List<Finding> findings, Optional<Calibration> calibration) {

        private Result with(List<Looks> looks, double likeness) {
            return new Result(
                    comparisons,
                    peoplePairs,
                    findings,
                    calibration.map(c -> new Calibration(
                            c.similarityAtDefault(), c.thresholds(), looks, looks.isEmpty() ? 0 : rounded(likeness))));
        }
    }

    /**
     * @param defaultFmr the false match rate of one comparison that distance 0.6 shall stand for
     */
    public static Result calibrate(Samples samples, PeopleFolder people, double defaultFmr) {
        List<AllPairs.Entry> entries = new ArrayList<>();
        Map<String, List<FusedLooks.Look>> looks = new LinkedHashMap<>();
        people.people()
                .forEach((person, files) ->
                        files.forEach(file -> samples.of(file).face().ifPresent(face -> {
                            entries.add(new AllPairs.Entry(
                                    file, person, null, face.embedding().vector()));
                            looks.computeIfAbsent(person, name -> new ArrayList<>())
                                    .add(LookGroups.look(face));
                        })));
        Result single = calibrate(AllPairs.compare(entries), defaultFmr);
        LookComparisons comparisons = new LookComparisons(looks);
        return single.with(several(comparisons), comparisons.likeness());
    }

    /** Curves for several looks and templates; none at all unless a number of looks has one for each number of templates. */
    static List<Looks> several(LookComparisons comparisons) {
        List<Looks> all = new ArrayList<>();
        for (int n : LOOKS) {
            List<Looks> row = new ArrayList<>();
            for (int k : TEMPLATES) {
                if (n * k > 1) {
                    List<Point> points = points(comparisons.curve(n, k));
                    if (points.size() < 2) {
                        return all;
                    }
                    row.add(new Looks(n, k, points));
                }
            }
            all.addAll(row);
        }
        return all;
    }

    private static List<Point> points(ErrorCurve curve) {
        List<Point> points = new ArrayList<>();
        for (double fmr : RATES) {
            double similarity = rounded(curve.thresholdAtFalseAccept(fmr));
            if (refusal(curve, fmr, similarity, points).isEmpty()) {
                points.add(new Point(fmr, similarity));
            }
        }
        return points;
    }

    static Result calibrate(Comparisons comparisons, double defaultFmr) {
        ErrorCurve curve = comparisons.curve();
        List<Finding> findings = new ArrayList<>();
        List<Point> points = new ArrayList<>();
        for (double fmr : RATES) {
            double similarity = rounded(curve.thresholdAtFalseAccept(fmr));
            Optional<String> refused = refusal(curve, fmr, similarity, points);
            findings.add(new Finding(
                    fmr,
                    similarity,
                    curve.impostor().atOrAbove(similarity),
                    curve.genuine().accepted(similarity).rate(),
                    refused));
            if (refused.isEmpty()) {
                points.add(new Point(fmr, similarity));
            }
        }
        double atDefault = rounded(curve.thresholdAtFalseAccept(defaultFmr));
        boolean enough = points.size() >= 2 && curve.expectedFalseAccepts(defaultFmr) >= Rates.RULE_OF_30;
        return new Result(
                curve.impostor().total(),
                comparisons.impostorPeople(),
                findings,
                enough ? Optional.of(new Calibration(atDefault, points)) : Optional.empty());
    }

    private static Optional<String> refusal(ErrorCurve curve, double fmr, double similarity, List<Point> points) {
        double expected = curve.expectedFalseAccepts(fmr);
        if (expected < Rates.RULE_OF_30) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "needs %,d comparisons of different people, there are %,d",
                    Math.round(Rates.RULE_OF_30 / fmr),
                    curve.impostor().total()));
        }
        if (!points.isEmpty() && similarity <= points.get(points.size() - 1).similarity()) {
            return Optional.of("does not lie above the point before it");
        }
        return Optional.empty();
    }

    /** Upwards, so that the rate stays within the target. */
    private static double rounded(double similarity) {
        return Math.ceil(similarity * 1e4 - 1e-6) / 1e4;
    }
}
