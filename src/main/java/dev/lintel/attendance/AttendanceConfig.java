package dev.lintel.attendance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * How events become attendance, and how long both are kept.
 *
 * @param enabled whether attendance is kept at all; the event log is in any case. Default true
 * @param timeZone such as {@code Europe/Vienna}; empty: the machine's. Default empty
 * @param duplicateWindow the same person in the same direction counts once in this time. Default 5 minutes
 * @param dayStart hour at which a working day begins, 0..23: with 4, half past two in the night belongs to the day
 *     before. Default 0
 * @param countGranted whether a door that opens for somebody counts. Default true
 * @param countSeen whether somebody who is recognised and live before a camera without a door counts. Default true
 * @param points the cameras and doors that count; empty: all. Default empty
 * @param schedule when people are expected; empty: nobody is ever late. Default empty
 * @param grace how much later or earlier than the schedule is still in time. Default 5 minutes
 * @param holidays days on which nobody is expected, such as {@code 2026-12-25}. Default none
 * @param keepEvents how long the event log is kept. Default 90 days
 * @param keepAttendance how long attendance is kept. Default 730 days
 * @param onDeletion what becomes of the attendance of a person who is deleted. Default delete
 */
public record AttendanceConfig(
        Boolean enabled,
        String timeZone,
        Duration duplicateWindow,
        Integer dayStart,
        Boolean countGranted,
        Boolean countSeen,
        List<String> points,
        List<Shift> schedule,
        Duration grace,
        List<String> holidays,
        Duration keepEvents,
        Duration keepAttendance,
        OnDeletion onDeletion) {

    public enum OnDeletion {
        /** Removed. */
        DELETE,
        /** Kept as numbers that belong to nobody. */
        ANONYMISE
    }

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public AttendanceConfig {
        enabled = enabled == null || enabled;
        timeZone = timeZone == null ? "" : timeZone.strip();
        duplicateWindow = duplicateWindow == null ? Duration.ofMinutes(5) : duplicateWindow;
        dayStart = dayStart == null ? 0 : dayStart;
        countGranted = countGranted == null || countGranted;
        countSeen = countSeen == null || countSeen;
        points = points == null ? List.of() : List.copyOf(points);
        schedule = schedule == null ? List.of() : List.copyOf(schedule);
        grace = grace == null ? Duration.ofMinutes(5) : grace;
        holidays = holidays == null ? List.of() : List.copyOf(holidays);
        keepEvents = keepEvents == null ? Duration.ofDays(90) : keepEvents;
        keepAttendance = keepAttendance == null ? Duration.ofDays(730) : keepAttendance;
        onDeletion = onDeletion == null ? OnDeletion.DELETE : onDeletion;
        within("duplicate-window", duplicateWindow, Duration.ZERO, Duration.ofHours(12));
        within("grace", grace, Duration.ZERO, Duration.ofHours(12));
        within("keep-events", keepEvents, Duration.ofDays(1), LONGEST);
        within("keep-attendance", keepAttendance, Duration.ofDays(1), LONGEST);
        if (dayStart < 0 || dayStart > 23) {
            throw new IllegalArgumentException("day-start: must be an hour, 0..23, was " + dayStart);
        }
        if (!timeZone.isEmpty()) {
            zone(timeZone);
        }
        for (int i = 0; i < holidays.size(); i++) {
            date("holidays[" + i + "]", holidays.get(i));
        }
    }

    /** All defaults. */
    public AttendanceConfig() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The time zone in which days begin and end. */
    public ZoneId zone() {
        return timeZone.isEmpty() ? ZoneId.systemDefault() : zone(timeZone);
    }

    public boolean isHoliday(LocalDate date) {
        return holidays.contains(date.toString());
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time-zone: must be a name such as Europe/Vienna, was " + name);
        }
    }

    private static LocalDate date(String key, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(key + ": must be a date such as 2026-12-25, was " + text);
        }
    }

    private static void within(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + ": must be " + text(least) + ".." + text(most) + ", was " + text(value));
        }
    }

    private static String text(Duration duration) {
        return duration.toHours() >= 24 && duration.toHours() % 24 == 0
                ? duration.toDays() + "d"
                : duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
    }
}
