package dev.lintel.door.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One window of a week: {@code Mon-Fri 07:00-19:00}, {@code Sat,Sun 08:00-12:00}, {@code daily 06:00-24:00}. A window
 * that ends at or before its beginning ends on the next day, and belongs to the day on which it began.
 *
 * @param days on which it begins
 * @param to end; midnight is the end of the day
 * @param text as the operator wrote it
 */
record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, String text) {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern WEEKLY = Pattern.compile("(\\S+)\\s+(\\S+)");
    private static final Pattern SPAN = Pattern.compile("(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");
    private static final String EXAMPLE = "such as Mon-Fri 07:00-19:00, or " + Timetable.ALWAYS;

    static Hours weekly(String text) {
        Matcher m = WEEKLY.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException("must be days and hours, " + EXAMPLE + ", was '" + text + "'");
        }
        return hours(days(m.group(1), text), m.group(2), text.strip());
    }

    /** Of a single day: {@code 08:00-12:00}. */
    static Hours ofDay(String text) {
        return hours(EnumSet.allOf(DayOfWeek.class), text.strip(), text.strip());
    }

    private static Hours hours(Set<DayOfWeek> days, String span, String text) {
        Matcher m = SPAN.matcher(span);
        if (m.matches()) {
            int from = minutes(m.group(1), m.group(2));
            int to = minutes(m.group(3), m.group(4));
            if (from >= 0 && from < 24 * 60 && to >= 0 && from != to) {
                return new Hours(
                        days, LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(to % (24 * 60) * 60L), text);
            }
        }
        throw new IllegalArgumentException(
                "must be hours from-to such as 07:00-19:00, 22:00-02:00 or 00:00-24:00, was '" + span + "'");
    }

    private static int minutes(String hour, String minute) {
        int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        return Integer.parseInt(minute) < 60 && minutes <= 24 * 60 ? minutes : -1;
    }

    private static Set<DayOfWeek> days(String list, String text) {
        if (list.equalsIgnoreCase("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : list.toLowerCase(Locale.ROOT).split(",")) {
            String[] ends = part.split("-", 2);
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0) {
                throw new IllegalArgumentException("must begin with days (Mon, Tue, Wed, Thu, Fri, Sat, Sun or daily), "
                        + EXAMPLE + ", was '" + text + "'");
            }
            for (int day = first; ; day = (day + 1) % 7) {
                days.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private boolean overMidnight() {
        return !to.isAfter(from) && !to.equals(LocalTime.MIDNIGHT);
    }

    /** Whether the window that begins on this day, if one does, holds the moment. */
    boolean holds(LocalDate day, Instant at, ZoneId zone) {
        return days.contains(day.getDayOfWeek()) && !at.isBefore(begin(day, zone)) && at.isBefore(end(day, zone));
    }

    /** Where the clocks go forward over the beginning, the moment when they do. */
    private Instant begin(LocalDate day, ZoneId zone) {
        LocalDateTime local = day.atTime(from);
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change == null
                ? local.atZone(zone).toInstant()
                : change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /** Where an hour comes twice, the end is in the second one. */
    private Instant end(LocalDate day, ZoneId zone) {
        LocalDate last = overMidnight() || to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
        LocalDateTime local = last.atTime(to);
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change == null
                ? local.atZone(zone).toInstant()
                : change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetAfter());
    }
}
