package dev.lintel.attendance;

import dev.lintel.access.OnDeletion;
import dev.lintel.settings.Checks;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * How events become attendance, and how long both are kept.
 *
 * @param enabled whether attendance is kept at all; the event log is in any case
 * @param timeZone in which days begin and end, the same as that of the whole box
 * @param duplicateWindow the same person in the same direction counts once in this time
 * @param dayStart hour at which a working day begins, 0..23: with 4, half past two in the night belongs to the day
 *     before
 * @param longestPresence how long after a coming a going still belongs to it, also on the next day
 * @param countGranted whether a door that opens for somebody counts
 * @param countSeen whether somebody who is recognised and live before a camera without a door counts
 * @param points the cameras and doors that count; empty: all
 * @param schedule when people are expected; empty: nobody is ever late
 * @param grace how much later or earlier than the schedule is still in time
 * @param holidays days on which nobody is expected, such as {@code 2026-12-25}
 * @param keepEvents how long the event log is kept
 * @param keepAttendance how long attendance is kept
 * @param onDeletion what becomes of the attendance of a person who is deleted, if whoever deletes does not say
 */
public record AttendanceConfig(
        boolean enabled,
        ZoneId timeZone,
        Duration duplicateWindow,
        int dayStart,
        Duration longestPresence,
        boolean countGranted,
        boolean countSeen,
        List<String> points,
        List<ShiftConfig> schedule,
        Duration grace,
        List<String> holidays,
        Duration keepEvents,
        Duration keepAttendance,
        OnDeletion onDeletion) {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public AttendanceConfig {
        points = List.copyOf(points);
        schedule = List.copyOf(schedule);
        holidays = List.copyOf(holidays);
        Checks checks = new Checks()
                .range("duplicate-window", duplicateWindow, Duration.ZERO, Duration.ofHours(12))
                .range("day-start", dayStart, 0, 23)
                .range("longest-presence", longestPresence, Duration.ofHours(1), Duration.ofHours(72))
                .range("grace", grace, Duration.ZERO, Duration.ofHours(12))
                .range("keep-events", keepEvents, Duration.ofDays(1), LONGEST)
                .range("keep-attendance", keepAttendance, Duration.ofDays(1), LONGEST);
        for (int i = 0; i < holidays.size(); i++) {
            String key = "holidays[" + i + "]";
            String day = holidays.get(i);
            checks.valid(() -> date(key, day));
        }
        checks.done();
    }

    /** The time zone in which days begin and end. */
    public ZoneId zone() {
        return timeZone;
    }

    public boolean isHoliday(LocalDate date) {
        return holidays.contains(date.toString());
    }

    private static LocalDate date(String key, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(key + ": must be a date such as 2026-12-25, was " + text);
        }
    }
}
