package dev.lintel.bus;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Direction;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import java.time.Instant;
import java.util.UUID;

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
        implements Message {}
