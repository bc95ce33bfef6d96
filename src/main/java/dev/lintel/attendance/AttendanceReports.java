package dev.lintel.attendance;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Enrolled;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Working time, from the entries of the attendance book. Entries in, values out: what is asked of the book, and when, is the
 * caller's business. Thread-safe.
 */
public final class AttendanceReports {
    private final AttendanceConfig config;
    private final WorkDays days;
    private final InstantSource clock;

    public AttendanceReports(AttendanceConfig config, InstantSource clock) {
        this.config = config;
        this.days = new WorkDays(config);
        this.clock = clock;
    }

    /** Where days begin and end: a report needs the entries of all its days. */
    public WorkDays days() {
        return days;
    }

    /** Whether comings and goings are noted now; what was noted before is reported all the same. */
    public boolean kept() {
        return config.enabled();
    }

    /** The working day that it is now. */
    public LocalDate today() {
        return days.of(clock.instant());
    }

    /** From when on entries are needed to report on a day: whoever came on the day before may go on this one. */
    public Instant from(LocalDate date) {
        LocalDate before = days.of(days.start(date).minus(config.longestPresence()));
        return days.start(before).minus(config.duplicateWindow());
    }

    /** Until when, exclusive: whoever came on this day may go on the next, and come back from a break on it before. */
    public Instant to(LocalDate date) {
        return days.end(date.plusDays(1)).plus(config.longestPresence()).plusMillis(1);
    }

    /**
     * @param entries {@link #from} and {@link #to} that day, and all corrections that are about one of them
     * @param enrolled who is to be in the report, and since when they are enrolled
     */
    public DayReport day(LocalDate date, List<AttendanceEntry> entries, Map<Label, Enrolled> enrolled) {
        return new DayReport(
                date,
                people(entries, enrolled).stream()
                        .map(person -> person.day(date))
                        .flatMap(Optional::stream)
                        .toList());
    }

    /**
     * Each person who is or was enrolled in that month, up to today.
     *
     * @param entries from its first day to its last
     */
    public MonthReport month(YearMonth month, List<AttendanceEntry> entries, Map<Label, Enrolled> enrolled) {
        LocalDate last = month.atEndOfMonth().isAfter(today()) ? today() : month.atEndOfMonth();
        return new MonthReport(
                month,
                people(entries, enrolled).stream()
                        .map(person -> new MonthReport.Person(
                                person.label,
                                month.atDay(1)
                                        .datesUntil(last.isBefore(month.atDay(1)) ? month.atDay(1) : last.plusDays(1))
                                        .map(person::day)
                                        .flatMap(Optional::stream)
                                        .toList()))
                        .filter(person -> !person.days().isEmpty())
                        .toList());
    }

    /** By their labels. */
    private List<Known> people(List<AttendanceEntry> entries, Map<Label, Enrolled> enrolled) {
        Map<Label, List<Marked>> byPerson = Marked.all(entries, config.duplicateWindow()).stream()
                .collect(Collectors.groupingBy(marked -> marked.entry().person()));
        TreeSet<Label> people = new TreeSet<>(byPerson.keySet());
        people.addAll(enrolled.keySet());
        return people.stream()
                .map(label -> new Known(label, byPerson.getOrDefault(label, List.of()), enrolled.get(label)))
                .toList();
    }

    /** One person of a report. */
    private final class Known {
        private final Label label;
        private final Enrolled enrolment;
        private final Duties duties;
        private final Stays stays;

        Known(Label label, List<Marked> entries, Enrolled enrolment) {
            this.label = label;
            this.enrolment = enrolment;
            this.duties = new Duties(config, days, enrolment);
            this.stays = Stays.of(entries, duties, days, config);
        }

        /** Empty if the person was not enrolled, and did not come. */
        Optional<PersonDay> day(LocalDate date) {
            return stays.entriesOn(date).isEmpty()
                            && (enrolment == null || !enrolment.isBetween(days.start(date), days.end(date)))
                    ? Optional.empty()
                    : Optional.of(AttendanceReports.this.day(
                            label, date, stays.on(date), duties.on(date).orElse(null), stays.entriesOn(date)));
        }
    }

    private PersonDay day(Label person, LocalDate date, Presence presence, Duty duty, List<Marked> entries) {
        boolean came = presence.firstIn() != null || presence.lastOut() != null;
        PersonDay.Status status = came
                ? PersonDay.Status.PRESENT
                : duty == null
                        ? PersonDay.Status.OFF
                        : clock.instant().isAfter(duty.from().plus(config.grace()))
                                ? PersonDay.Status.ABSENT
                                : PersonDay.Status.EXPECTED;
        return new PersonDay(
                person,
                date,
                status,
                presence,
                isThere(presence),
                duty == null ? Duration.ZERO : duty.length(),
                lateBy(presence, duty),
                earlyBy(presence, duty),
                entries);
    }

    private boolean isThere(Presence presence) {
        return presence.openSince() != null
                && presence.lastOut() == null
                && !clock.instant().isAfter(presence.openSince().plus(config.longestPresence()));
    }

    private Duration lateBy(Presence presence, Duty duty) {
        return duty == null
                        || presence.firstIn() == null
                        || !presence.firstIn().isAfter(duty.from().plus(config.grace()))
                ? Duration.ZERO
                : Duration.between(duty.from(), presence.firstIn());
    }

    /** Not before the shift is over: who is out may come back. */
    private Duration earlyBy(Presence presence, Duty duty) {
        return duty == null
                        || presence.lastOut() == null
                        || !presence.lastOut().isBefore(duty.to().minus(config.grace()))
                        || clock.instant().isBefore(duty.to())
                ? Duration.ZERO
                : Duration.between(presence.lastOut(), duty.to());
    }
}
