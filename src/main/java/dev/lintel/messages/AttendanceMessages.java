package dev.lintel.messages;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Direction;
import dev.lintel.access.Enrolled;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The attendance book: answered by the store. */
public final class AttendanceMessages {
    /** Store: the attendance book, its corrections, and whether both are as the box wrote them. */
    public static final Address<ReadAttendance, AttendanceEntries> READ = Address.house("store.attendance");

    public static final Address<CorrectAttendance, AttendanceEntry> CORRECT = Address.house("store.correct-attendance");

    /**
     * Who came and went in this time? Refused if {@code person} is not enrolled.
     *
     * @param from inclusive
     * @param to exclusive
     * @param person of whom; null: of everybody
     */
    public record ReadAttendance(Instant from, Instant to, Label person, Deadline deadline) implements Message {}

    /**
     * @param entries in the order of their sequence: those in the time that was asked for, and every correction that may be
     *     about one of them
     * @param enrolled those who were asked about, and since when they are enrolled, in which groups
     */
    public record AttendanceEntries(List<AttendanceEntry> entries, Map<Label, Enrolled> enrolled)
            implements Serializable {
        public AttendanceEntries {
            entries = List.copyOf(entries);
            enrolled = Map.copyOf(enrolled);
        }
    }

    /**
     * Correct the attendance book by an entry of its own. The same id is stored once.
     *
     * @param kind {@link AttendanceEntry.Kind#ADDED}, {@code REPLACED} or {@code VOIDED}
     * @param target sequence of the entry that is replaced or voided; null with {@code ADDED}
     * @param person with {@code ADDED}; otherwise null, it is the target's
     * @param at when it really was; null with {@code VOIDED}
     * @param direction null with {@code VOIDED}; with {@code REPLACED}, null is the target's
     * @param author who says so: the name of the key
     * @param reason why, a few words
     */
    public record CorrectAttendance(
            UUID id,
            AttendanceEntry.Kind kind,
            Long target,
            Label person,
            Instant at,
            Direction direction,
            String author,
            String reason,
            Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("attendance-corrected", person)
                    .with("kind", kind.name().toLowerCase(Locale.ROOT))
                    .with("target", target);
        }
    }

    private AttendanceMessages() {}
}
