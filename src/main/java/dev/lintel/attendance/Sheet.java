package dev.lintel.attendance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table for other programs.
 *
 * @param name of the sheet in a workbook
 * @param rows as long as the header each; cells are null, texts, whole numbers, booleans, durations, local dates, and local
 *     date-times in the configured time zone
 */
public record Sheet(String name, List<String> header, List<List<Object>> rows) {
    private static final List<String> DAYS = List.of(
            "date",
            "label",
            "status",
            "first_in",
            "last_out",
            "presence",
            "presence_minutes",
            "expected_minutes",
            "late_minutes",
            "early_minutes",
            "open",
            "unmatched",
            "corrections");

    public Sheet {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    public static Sheet of(DayReport report, WorkDays days) {
        return days(report.people(), days);
    }

    /** One row for each person and day. */
    public static Sheet days(MonthReport report, WorkDays days) {
        return days(
                report.people().stream()
                        .flatMap(person -> person.days().stream())
                        .toList(),
                days);
    }

    /** One row for each person. */
    public static Sheet summary(MonthReport report) {
        List<List<Object>> rows = new ArrayList<>();
        for (MonthReport.Person person : report.people()) {
            rows.add(Arrays.asList(
                    report.month().toString(),
                    person.person().text(),
                    person.present(),
                    person.absent(),
                    person.total(),
                    person.total().toMinutes(),
                    person.expected().toMinutes(),
                    person.total().minus(person.expected()).toMinutes(),
                    person.lateDays(),
                    person.lateBy().toMinutes(),
                    person.earlyDays(),
                    person.earlyBy().toMinutes(),
                    person.openDays(),
                    person.corrections()));
        }
        return new Sheet(
                "summary",
                List.of(
                        "month",
                        "label",
                        "days_present",
                        "days_absent",
                        "presence",
                        "presence_minutes",
                        "expected_minutes",
                        "balance_minutes",
                        "days_late",
                        "late_minutes",
                        "days_early",
                        "early_minutes",
                        "days_open",
                        "corrections"),
                rows);
    }

    private static Sheet days(List<PersonDay> all, WorkDays days) {
        List<List<Object>> rows = new ArrayList<>();
        for (PersonDay day : all) {
            Presence there = day.presence();
            rows.add(Arrays.asList(
                    day.date(),
                    day.person().text(),
                    day.status().name().toLowerCase(Locale.ROOT),
                    local(there.firstIn(), days),
                    local(there.lastOut(), days),
                    there.total(),
                    minutes(there.total()),
                    minutes(day.expected()),
                    minutes(day.lateBy()),
                    minutes(day.earlyBy()),
                    day.open(),
                    there.unmatched(),
                    day.corrections()));
        }
        return new Sheet("days", DAYS, rows);
    }

    private static Object local(Instant at, WorkDays days) {
        return at == null ? null : days.local(at);
    }

    private static long minutes(Duration duration) {
        return duration.toMinutes();
    }

    /** Hours and minutes: durations in a sheet are written so. */
    static String text(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toHours(), duration.toMinutesPart());
    }
}
