package dev.lintel.attendance;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Working time, from the entries of the attendance book. Entries in, values out: what is asked of the book, and when, is the
 * caller's business. Thread-safe.
 */
public final class Reports {
    private final AttendanceConfig config;
    private final WorkDays days;
    private final InstantSource clock;

    public Reports(AttendanceConfig config, InstantSource clock) {
        this.config = config;
        this.days = new WorkDays(config);
        this.clock = clock;
    }

    /** Where days begin and end: a report needs the entries of all its days. */
    public WorkDays days() {
        return days;
    }

    /** The working day that it is now. */
    public LocalDate today() {
        return days.of(clock.instant());
    }

    /** How much earlier than a report's days its entries must begin, so that duplicates are told apart from firsts. */
    public Duration leadTime() {
        return config.duplicateWindow();
    }

    /**
     * @param entries of that day, with {@link #leadTime} before it, and all corrections that are about one of them
     * @param enrolled who is to be in the report, and since when they are enrolled
     */
    public DayReport day(LocalDate date, List<AttendanceEntry> entries, Map<Label, Instant> enrolled) {
        Map<Label, List<Marked>> byPerson = byPerson(entries);
        return new DayReport(
                date,
                people(byPerson.keySet(), enrolled).stream()
                        .map(person ->
                                day(person, date, byPerson.getOrDefault(person, List.of()), enrolled.get(person)))
                        .filter(day -> !day.entries().isEmpty() || isEnrolled(enrolled.get(day.person()), date))
                        .toList());
    }

    /** Each person who is or was enrolled in that month, up to today. */
    public MonthReport month(YearMonth month, List<AttendanceEntry> entries, Map<Label, Instant> enrolled) {
        Map<Label, List<Marked>> byPerson = byPerson(entries);
        LocalDate last = month.atEndOfMonth().isAfter(today()) ? today() : month.atEndOfMonth();
        return new MonthReport(
                month,
                people(byPerson.keySet(), enrolled).stream()
                        .map(person -> month(
                                person,
                                month.atDay(1),
                                last,
                                byPerson.getOrDefault(person, List.of()),
                                enrolled.get(person)))
                        .filter(person -> !person.days().isEmpty())
                        .toList());
    }

    private MonthReport.Person month(
            Label person, LocalDate first, LocalDate last, List<Marked> entries, Instant since) {
        Map<LocalDate, List<Marked>> byDay = entries.stream()
                .collect(Collectors.groupingBy(marked -> days.of(marked.entry().at())));
        List<PersonDay> all = new ArrayList<>();
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            List<Marked> today = byDay.getOrDefault(date, List.of());
            if (!today.isEmpty() || isEnrolled(since, date)) {
                all.add(day(person, date, today, since));
            }
        }
        return new MonthReport.Person(person, all);
    }

    private static Collection<Label> people(Collection<Label> seen, Map<Label, Instant> enrolled) {
        TreeSet<Label> people = new TreeSet<>(seen);
        people.addAll(enrolled.keySet());
        return people;
    }

    private boolean isEnrolled(Instant since, LocalDate date) {
        return since != null && since.isBefore(days.end(date));
    }

    private Map<Label, List<Marked>> byPerson(List<AttendanceEntry> entries) {
        return Marked.all(entries, config.duplicateWindow()).stream()
                .collect(Collectors.groupingBy(marked -> marked.entry().person()));
    }

    private PersonDay day(Label person, LocalDate date, List<Marked> entries, Instant since) {
        List<Marked> mine = entries.stream()
                .filter(marked -> days.of(marked.entry().at()).equals(date))
                .toList();
        Presence presence = Presence.of(mine.stream()
                .filter(marked -> marked.state() == Marked.State.COUNTED)
                .toList());
        boolean came = presence.firstIn() != null || presence.lastOut() != null;
        Duty duty = duty(date, since);
        PersonDay.Status status = came
                ? PersonDay.Status.PRESENT
                : duty == null
                        ? PersonDay.Status.OFF
                        : clock.instant().isAfter(duty.from.plus(config.grace()))
                                ? PersonDay.Status.ABSENT
                                : PersonDay.Status.EXPECTED;
        return new PersonDay(
                person,
                date,
                status,
                presence,
                duty == null ? Duration.ZERO : duty.length,
                lateBy(presence, duty),
                earlyBy(presence, duty),
                mine);
    }

    /** The first and last moment of a day's shifts, and how long they are together. */
    private record Duty(Instant from, Instant to, Duration length) {}

    /** Null on a free day, and before the person was enrolled. */
    private Duty duty(LocalDate date, Instant since) {
        if (config.isHoliday(date)) {
            return null;
        }
        List<Shift> shifts = config.schedule().stream()
                .filter(shift -> shift.isOn(date.getDayOfWeek()))
                .toList();
        if (shifts.isEmpty()) {
            return null;
        }
        Instant from = shifts.stream()
                .map(shift -> days.from(date, shift))
                .min(Instant::compareTo)
                .orElseThrow();
        Instant to = shifts.stream()
                .map(shift -> days.to(date, shift))
                .max(Instant::compareTo)
                .orElseThrow();
        Duration length = shifts.stream()
                .map(shift -> Duration.between(days.from(date, shift), days.to(date, shift)))
                .reduce(Duration.ZERO, Duration::plus);
        return since != null && since.isAfter(from) ? null : new Duty(from, to, length);
    }

    private Duration lateBy(Presence presence, Duty duty) {
        return duty == null || presence.firstIn() == null || !presence.firstIn().isAfter(duty.from.plus(config.grace()))
                ? Duration.ZERO
                : Duration.between(duty.from, presence.firstIn());
    }

    /** Not before the shift is over: who is out may come back. */
    private Duration earlyBy(Presence presence, Duty duty) {
        return duty == null
                        || presence.lastOut() == null
                        || !presence.lastOut().isBefore(duty.to.minus(config.grace()))
                        || clock.instant().isBefore(duty.to)
                ? Duration.ZERO
                : Duration.between(presence.lastOut(), duty.to);
    }
}
