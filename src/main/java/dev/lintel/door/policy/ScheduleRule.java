package dev.lintel.door.policy;

import java.util.Optional;

/** {@code schedule}, or {@code holiday} on a day with hours of its own: one of the person's groups may pass now. */
final class ScheduleRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        Timetable.Finding found = c.hours().at(c.rights().groups(), c.at());
        return found.open() ? Optional.empty() : Optional.of(Ruling.denied(name(found), found.reason()));
    }

    static String name(Timetable.Finding found) {
        return found.holiday() ? "holiday" : "schedule";
    }
}
