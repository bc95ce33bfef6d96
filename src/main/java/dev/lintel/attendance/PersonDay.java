package dev.lintel.attendance;

import dev.lintel.face.Label;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * One person on one working day.
 *
 * @param there whether the person is there now: came no longer ago than the longest presence, and has not left
 * @param expected how long the schedule wants the person there; zero on a free day
 * @param lateBy from the start of the schedule, if beyond the grace; otherwise zero
 * @param earlyBy to its end, likewise
 * @param entries all of that day, those that do not count as well, by time
 */
public record PersonDay(
        Label person,
        LocalDate date,
        Status status,
        Presence presence,
        boolean there,
        Duration expected,
        Duration lateBy,
        Duration earlyBy,
        List<Marked> entries) {

    public enum Status {
        PRESENT,
        ABSENT,
        /** Has not come yet and need not have. */
        EXPECTED,
        /** Has not come and is not expected. */
        OFF
    }

    public PersonDay {
        entries = List.copyOf(entries);
    }

    /** Entries by hand that belong to this day. */
    public int corrections() {
        return (int)
                entries.stream().filter(marked -> marked.entry().isCorrection()).count();
    }

    /** Whether the leaving was not seen. */
    public boolean open() {
        return presence.openSince() != null;
    }
}
