package dev.lintel.attendance;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Direction;
import dev.lintel.access.Enrolled;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When one person is expected, and which working day the person's comings and goings belong to: the one that they are on,
 * unless a shift that reaches over its end says otherwise. For one thread.
 */
final class Duties {
    /** How long before a shift people come for it. */
    private static final Duration EARLY = Duration.ofHours(1);

    private final AttendanceConfig config;
    private final WorkDays days;
    private final Enrolled person;
    private final List<ShiftConfig> schedule;
    private final Map<LocalDate, Optional<Duty>> known = new HashMap<>();

    /** @param person null: not enrolled; expected as whoever is in no group */
    Duties(AttendanceConfig config, WorkDays days, Enrolled person) {
        this.config = config;
        this.days = days;
        this.person = person;
        this.schedule = schedule(config.schedule(), person == null ? List.of() : person.groups());
    }

    /** The shifts of somebody's groups; of whoever is in no group with a shift, those without groups. */
    private static List<ShiftConfig> schedule(List<ShiftConfig> all, List<String> groups) {
        List<ShiftConfig> own = all.stream()
                .filter(shift -> shift.groups().contains(AccessRights.EVERYBODY)
                        || shift.groups().stream().anyMatch(groups::contains))
                .toList();
        return own.isEmpty()
                ? all.stream().filter(shift -> shift.groups().isEmpty()).toList()
                : own;
    }

    /** Empty on a free day, before the person was enrolled, and after the deletion. */
    Optional<Duty> on(LocalDate date) {
        return known.computeIfAbsent(date, this::find);
    }

    private Optional<Duty> find(LocalDate date) {
        if (config.isHoliday(date)) {
            return Optional.empty();
        }
        List<ShiftConfig> shifts = schedule.stream()
                .filter(shift -> shift.isOn(date.getDayOfWeek()))
                .toList();
        Optional<Instant> from =
                shifts.stream().map(shift -> days.from(date, shift)).min(Instant::compareTo);
        if (from.isEmpty() || person != null && (person.since().isAfter(from.get()) || isGone(from.get()))) {
            return Optional.empty();
        }
        Instant to = shifts.stream()
                .map(shift -> days.to(date, shift))
                .max(Instant::compareTo)
                .orElseThrow();
        Duration length = shifts.stream()
                .map(shift -> Duration.between(days.from(date, shift), days.to(date, shift)))
                .reduce(Duration.ZERO, Duration::plus);
        return Optional.of(new Duty(from.get(), to, length));
    }

    private boolean isGone(Instant at) {
        return person.until() != null && !person.until().isAfter(at);
    }

    /** The working day of a coming, of a going that no coming belongs to, or of a sighting without direction. */
    LocalDate dayOf(Instant at, Direction direction) {
        LocalDate date = days.of(at);
        Optional<Duty> own = on(date);
        if (isOfTheNightBefore(at, direction, date)
                && own.map(Duty::from).filter(from -> isFor(at, from)).isEmpty()) {
            return date.minusDays(1);
        }
        boolean comesForTheNextDay = direction != Direction.OUT
                && own.filter(duty -> at.isBefore(duty.to())).isEmpty()
                && on(date.plusDays(1)).filter(duty -> isFor(at, duty.from())).isPresent();
        return comesForTheNextDay ? date.plusDays(1) : date;
    }

    /** Whoever comes while that shift is on comes back from a break; whoever goes may be late with it. */
    private boolean isOfTheNightBefore(Instant at, Direction direction, LocalDate date) {
        return on(date.minusDays(1))
                .filter(duty -> duty.to().isAfter(days.start(date)))
                .map(duty -> direction == Direction.IN
                        ? duty.to()
                        : duty.from().plus(config.longestPresence()).plusMillis(1))
                .filter(at::isBefore)
                .isPresent();
    }

    private static boolean isFor(Instant at, Instant start) {
        return !at.isBefore(start.minus(EARLY));
    }
}
