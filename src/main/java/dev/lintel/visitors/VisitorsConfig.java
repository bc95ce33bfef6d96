package dev.lintel.visitors;

import java.time.Duration;

/**
 * What is remembered of people whom nobody enrolled. Never a picture: one vector for each visit.
 *
 * @param keep how long a visit is remembered, at most 90 days; 0 remembers nothing. Default 72 h
 * @param ignoreFor how long a face that is to be ignored is known as such, at most a year. Default 30 days
 * @param fmr how sure it must be that two visits are of one person, as the false match rate of one comparison, in
 *     (0, 0.1]. Default 0.0001
 * @param most visits remembered at once, 10..20000; beyond, the oldest go. Default 1000
 */
public record VisitorsConfig(Duration keep, Duration ignoreFor, Double fmr, Integer most) {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration LONGEST_IGNORED = Duration.ofDays(366);

    public VisitorsConfig {
        keep = keep == null ? Duration.ofHours(72) : keep;
        ignoreFor = ignoreFor == null ? Duration.ofDays(30) : ignoreFor;
        fmr = fmr == null ? Double.valueOf(1e-4) : fmr;
        most = most == null ? Integer.valueOf(1000) : most;
        if (keep.isNegative() || keep.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("keep: must be 0 (remember nothing) to 90d, was " + keep);
        }
        if (ignoreFor.isNegative() || ignoreFor.isZero() || ignoreFor.compareTo(LONGEST_IGNORED) > 0) {
            throw new IllegalArgumentException("ignore-for: must be above 0 and at most 366d, was " + ignoreFor);
        }
        if (!(fmr > 0 && fmr <= 0.1)) {
            throw new IllegalArgumentException("fmr: must be above 0 and at most 0.1 (0.001 is 0.1 %), was " + fmr);
        }
        if (most < 10 || most > 20_000) {
            throw new IllegalArgumentException("most: must be 10..20000, was " + most);
        }
    }

    /** All defaults. */
    public VisitorsConfig() {
        this(null, null, null, null);
    }

    /** Whether anything is remembered. */
    public boolean on() {
        return !keep.isZero();
    }
}
