package dev.lintel.attendance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Where one working day ends and the next begins, in the configured time zone. Immutable. */
public final class WorkDays {
    private final ZoneId zone;
    private final LocalTime begin;

    WorkDays(AttendanceConfig config) {
        this.zone = config.zone();
        this.begin = LocalTime.of(config.dayStart(), 0);
    }

    public ZoneId zone() {
        return zone;
    }

    /** Inclusive. A begin that the clocks skip is when they have been put forward. */
    public Instant start(LocalDate date) {
        return date.atTime(begin).atZone(zone).toInstant();
    }

    /** Exclusive. */
    public Instant end(LocalDate date) {
        return start(date.plusDays(1));
    }

    /** The working day that this moment belongs to. */
    public LocalDate of(Instant at) {
        LocalDate date = LocalDate.ofInstant(at, zone);
        if (at.isBefore(start(date))) {
            return date.minusDays(1);
        }
        return at.isBefore(end(date)) ? date : date.plusDays(1);
    }

    public LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, zone).withNano(0);
    }

    /** When a shift of this day begins. */
    Instant from(LocalDate date, ShiftConfig shift) {
        return at(date, shift.from());
    }

    /** When it ends: after it begins, if need be on the day after. */
    Instant to(LocalDate date, ShiftConfig shift) {
        Instant to = at(date, shift.to());
        return to.isAfter(from(date, shift)) ? to : at(date.plusDays(1), shift.to());
    }

    /** Hours before the day begins belong to the night after. */
    private Instant at(LocalDate date, LocalTime time) {
        return (time.isBefore(begin) ? date.plusDays(1) : date)
                .atTime(time)
                .atZone(zone)
                .toInstant();
    }
}
