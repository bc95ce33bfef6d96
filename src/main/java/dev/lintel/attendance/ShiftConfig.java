package dev.lintel.attendance;

import dev.lintel.access.AccessRights;
import dev.lintel.settings.Checks;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * When people are expected on some days of the week.
 *
 * @param days three letters each: {@code mon}, {@code tue}, {@code wed}, {@code thu}, {@code fri}, {@code sat}, {@code sun}
 * @param start such as {@code 08:00}
 * @param end such as {@code 16:30}; not after {@code start}: on the next day
 * @param groups whose shift it is, as in people's access rights; empty: of everybody whose groups have no shift of their own
 */
public record ShiftConfig(List<String> days, String start, String end, List<String> groups) {
    public ShiftConfig {
        days = List.copyOf(days);
        groups = List.copyOf(groups);
        Checks checks = new Checks()
                .that(!days.isEmpty(), "days: must name at least one day, such as [mon, tue]")
                .valid(() -> time("start", start))
                .valid(() -> time("end", end));
        days.forEach(day -> checks.valid(() -> day(day)));
        groups.forEach(group ->
                checks.that(AccessRights.isGroup(group), "groups: must be 1 to 40 of a-z 0-9 - _, was " + group));
        checks.done();
    }

    public boolean isOn(DayOfWeek day) {
        return days.stream().map(ShiftConfig::day).anyMatch(day::equals);
    }

    public LocalTime from() {
        return time("start", start);
    }

    public LocalTime to() {
        return time("end", end);
    }

    /** By the clock on the wall: more than none, at most 24 hours. */
    Duration length() {
        Duration length = Duration.between(from(), to());
        return length.isNegative() || length.isZero() ? length.plusHours(24) : length;
    }

    private static DayOfWeek day(String name) {
        List<String> known = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String letters = day.name().substring(0, 3).toLowerCase(Locale.ROOT);
            if (name != null && name.toLowerCase(Locale.ROOT).equals(letters)) {
                return day;
            }
            known.add(letters);
        }
        throw new IllegalArgumentException("days: must be of " + String.join(", ", known) + ", was " + name);
    }

    private static LocalTime time(String key, String text) {
        try {
            if (text != null) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException(key + ": must be a time such as 08:00, was " + text);
    }
}
