package dev.lintel.evaluation.report;

import dev.lintel.evaluation.report.Chart.Axis;
import dev.lintel.evaluation.report.Chart.Mark;
import dev.lintel.evaluation.report.Chart.Point;
import dev.lintel.evaluation.report.Chart.Scale;
import dev.lintel.evaluation.report.Chart.Series;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The field's usual charts. */
public final class Curves {
    private static final int MANY_SCORES = 2000;

    private Curves() {}

    /** False reject rate over false accept rate, both logarithmic: lower and further left is better. */
    public static Chart det(
            String id, String title, String falseAccept, String falseReject, Map<String, ErrorCurve> curves) {
        double least = floor(curves);
        List<Series> series = new ArrayList<>();
        double[] lowest = {0.1};
        curves.forEach((name, curve) -> series.add(new Series(
                name,
                curve.points().stream()
                        .filter(p -> p.falseAccept() > 0)
                        .peek(p -> lowest[0] = p.falseReject() > 0 ? Math.min(lowest[0], p.falseReject()) : lowest[0])
                        .map(p -> new Point(p.falseAccept(), p.falseReject()))
                        .toList(),
                false)));
        return new Chart(
                id,
                title,
                new Axis(falseAccept, Scale.LOG, least, 1, true),
                new Axis(falseReject, Scale.LOG, Math.max(1e-4, decade(lowest[0])), 1, true),
                series,
                List.of());
    }

    /** True accept rate over false accept rate, the latter logarithmic: higher is better. */
    public static Chart roc(
            String id, String title, String falseAccept, String trueAccept, Map<String, ErrorCurve> curves) {
        List<Series> series = new ArrayList<>();
        double[] worst = {1};
        double least = floor(curves);
        curves.forEach((name, curve) -> series.add(new Series(
                name,
                curve.points().stream()
                        .filter(p -> p.falseAccept() > 0)
                        .peek(p -> worst[0] = Math.min(worst[0], 1 - p.falseReject()))
                        .map(p -> new Point(p.falseAccept(), 1 - p.falseReject()))
                        .toList(),
                false)));
        double low = Math.min(0.95, Math.floor(worst[0] * 10) / 10);
        return new Chart(
                id,
                title,
                new Axis(falseAccept, Scale.LOG, least, 1, true),
                new Axis(trueAccept, Scale.LINEAR, low, 1, true),
                series,
                List.of());
    }

    /** Both sides' scores as shares of their own total. */
    public static Chart histogram(
            String id,
            String title,
            String score,
            double low,
            double high,
            String genuineName,
            String impostorName,
            ErrorCurve curve,
            List<Mark> marks) {
        int bins = Math.min(curve.genuine().total(), curve.impostor().total()) < MANY_SCORES ? 35 : 100;
        double[] genuine = curve.genuine().shares(low, high, bins);
        double[] impostor = curve.impostor().shares(low, high, bins);
        double highest = 0.01;
        for (int i = 0; i < bins; i++) {
            highest = Math.max(highest, Math.max(genuine[i], impostor[i]));
        }
        return new Chart(
                id,
                title,
                new Axis(score, Scale.LINEAR, low, high, false),
                new Axis("share of scores", Scale.LINEAR, 0, highest * 1.05, true),
                List.of(
                        new Series(genuineName, steps(genuine, low, high), true),
                        new Series(impostorName, steps(impostor, low, high), true)),
                marks);
    }

    private static List<Point> steps(double[] shares, double low, double high) {
        List<Point> points = new ArrayList<>();
        double width = (high - low) / shares.length;
        for (int i = 0; i < shares.length; i++) {
            points.add(new Point(low + i * width, shares[i]));
            points.add(new Point(low + (i + 1) * width, shares[i]));
        }
        return points;
    }

    /** The decade below the smallest rate that the comparisons can show. */
    private static double floor(Map<String, ErrorCurve> curves) {
        long most = curves.values().stream()
                .map(ErrorCurve::impostor)
                .mapToLong(ScoreDistribution::total)
                .max()
                .orElse(1);
        return Math.min(0.01, Math.max(1e-6, decade(1.0 / Math.max(1, most))));
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    }
}
