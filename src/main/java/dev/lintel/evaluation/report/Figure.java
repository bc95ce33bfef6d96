package dev.lintel.evaluation.report;

import dev.lintel.evaluation.score.Interval;
import dev.lintel.evaluation.score.Proportion;
import java.util.Locale;
import java.util.Optional;

/**
 * One measured number.
 *
 * @param id short and stable, unique in its section
 * @param value in the unit; shares as 0..1; NaN where it could not be measured
 * @param interval 95 % confidence, where it is known
 * @param basis what stands behind it, in words
 * @param headline whether it belongs at the top of the page
 */
public record Figure(
        String id, String label, double value, Unit unit, Optional<Interval> interval, String basis, boolean headline) {

    public enum Unit {
        SHARE,
        SCORE,
        RATE,
        COUNT,
        MILLISECONDS
    }

    public static Figure share(String id, String label, Proportion p) {
        return share(id, label, p, p.wilson());
    }

    public static Figure share(String id, String label, Proportion p, Interval interval) {
        return new Figure(
                id,
                label,
                p.rate(),
                Unit.SHARE,
                p.total() == 0 ? Optional.empty() : Optional.of(interval),
                String.format(Locale.ROOT, "%,d of %,d", p.count(), p.total()),
                false);
    }

    public static Figure plain(String id, String label, double value, Unit unit, String basis) {
        return new Figure(id, label, value, unit, Optional.empty(), basis, false);
    }

    public Figure asHeadline() {
        return new Figure(id, label, value, unit, interval, basis, true);
    }

    public Figure withBasis(String other) {
        return new Figure(id, label, value, unit, interval, other, headline);
    }

    /** The value for people. */
    public String text() {
        return text(value);
    }

    /** {@code 96.4 .. 97.9 %}, or nothing. */
    public String intervalText() {
        return interval.map(i -> text(i.low()).replace(" %", "") + " .. " + text(i.high()))
                .orElse("");
    }

    private String text(double v) {
        if (Double.isNaN(v)) {
            return "not measured";
        }
        return switch (unit) {
            case SHARE -> percent(v);
            case SCORE -> String.format(Locale.ROOT, "%.4f", v);
            case RATE -> String.format(Locale.ROOT, "%.1f", v);
            case COUNT -> String.format(Locale.ROOT, "%,d", Math.round(v));
            case MILLISECONDS -> String.format(Locale.ROOT, "%.1f ms", v);
        };
    }

    /** Two decimals; more for small shares, so that 1 in 100,000 does not read as nothing. */
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return "–";
        }
        double percent = share * 100;
        int decimals = percent == 0 || percent >= 0.1 ? 2 : percent >= 0.01 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
    }
}
