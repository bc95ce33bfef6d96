package dev.lintel.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a backup is due: once after each time of the day, also if the box was off then; and again an hour after an attempt that failed.
 * Immutable.
 *
 * @param at time of the day
 * @param zone of the box
 */
record NightlyPlan(LocalTime at, ZoneId zone) {
    private static final Duration AGAIN = Duration.ofHours(1);

    /** How late the last one may be before somebody is told: a day, and what a retry and the work take. */
    private static final Duration LATE = Duration.ofHours(3);

    /**
     * @param newest when the newest backup was made; null if there is none
     * @param tried when the last attempt began; null if none did since the start
     */
    boolean due(Instant now, Instant newest, Instant tried) {
        return before(last(now), newest) && (tried == null || !tried.plus(AGAIN).isAfter(now));
    }

    /** Whether one is missing that should be there for hours. */
    boolean late(Instant now, Instant newest) {
        Instant last = last(now);
        Instant expected = last.plus(LATE).isAfter(now) ? last(last.minusSeconds(1)) : last;
        return before(expected, newest);
    }

    private static boolean before(Instant wanted, Instant newest) {
        return newest == null || newest.isBefore(wanted);
    }

    /** The last time of the day that has passed. */
    private Instant last(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        ZonedDateTime today = here.toLocalDate().atTime(at).atZone(zone);
        return (today.isAfter(here) ? here.toLocalDate().minusDays(1).atTime(at).atZone(zone) : today).toInstant();
    }
}
