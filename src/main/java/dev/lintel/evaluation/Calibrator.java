package dev.lintel.evaluation;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.face.Calibration;
import dev.lintel.face.Calibration.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Derives an embedder's operating points from comparisons of different people. */
public final class Calibrator {
    private static final double[] RATES = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

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
            long comparisons, long peoplePairs, List<Finding> findings, Optional<Calibration> calibration) {}

    /**
     * @param defaultFmr the false match rate of one comparison that distance 0.6 shall stand for
     */
    public static Result calibrate(Samples samples, PeopleFolder people, double defaultFmr) {
        List<AllPairs.Entry> entries = new ArrayList<>();
        people.people()
                .forEach((person, files) -> files.forEach(file -> samples.of(file)
                        .face()
                        .ifPresent(face -> entries.add(new AllPairs.Entry(
                                file, person, null, face.embedding().vector())))));
        return calibrate(AllPairs.compare(entries), defaultFmr);
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
