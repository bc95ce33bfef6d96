package dev.lintel.visitors;

import dev.lintel.settings.Checks;
import java.time.Duration;

/**
 * What is remembered of people whom nobody enrolled. Never a picture: one vector for each visit.
 *
 * @param keep how long a visit is remembered, at most 90 days; 0, the default, remembers nothing
 * @param ignoreFor how long a face that is to be ignored is known as such, at most a year
 * @param fmr how sure it must be that two visits are of one person, as the false match rate of one comparison, in
 *     (0, 0.1]
 * @param most visits remembered at once, 10..20000; beyond, the oldest go
 */
public record VisitorsConfig(Duration keep, Duration ignoreFor, double fmr, int most) {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration LONGEST_IGNORED = Duration.ofDays(366);

    public VisitorsConfig {
        new Checks()
                .that(
                        !keep.isNegative() && keep.compareTo(LONGEST) <= 0,
                        "keep: must be 0s (remember nothing) to 90d, was " + Checks.text(keep))
                .that(
                        ignoreFor.compareTo(Duration.ZERO) > 0 && ignoreFor.compareTo(LONGEST_IGNORED) <= 0,
                        "ignore-for: must be above 0 and at most 366d, was " + Checks.text(ignoreFor))
                .that(fmr > 0 && fmr <= 0.1, "fmr: must be above 0 and at most 0.1 (0.001 is 0.1 %), was " + fmr)
                .range("most", most, 10, 20_000)
                .done();
    }

    /** Whether anything is remembered. */
    public boolean on() {
        return !keep.isZero();
    }
}
