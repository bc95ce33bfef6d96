package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody came or went, or an operator says so. Entries are never changed: a correction is an entry of its own, that
 * names the one it replaces or voids.
 *
 * @param sequence its place in the book, never reused
 * @param id of the event that it follows from, or of the correction
 * @param at when; of a {@link Kind#VOIDED}, the time of the entry that it voids
 * @param camera that saw it; null if none did
 * @param door that opened; null if none did
 * @param target sequence of the entry that this one corrects; null if it corrects none
 * @param author name of the key with which the correction was made; null if it is none
 * @param reason of the correction; null if it is none
 */
public record AttendanceEntry(
        long sequence,
        UUID id,
        Kind kind,
        Label person,
        Instant at,
        Direction direction,
        String camera,
        String door,
        Long target,
        String author,
        Instant writtenAt,
        String reason)
        implements Serializable {

    public enum Kind {
        /** Follows from an event. */
        SEEN,
        /** Added by hand. */
        ADDED,
        /** Takes the place of {@link AttendanceEntry#target}. */
        REPLACED,
        /** {@link AttendanceEntry#target} does not count. */
        VOIDED
    }

    public boolean isCorrection() {
        return kind != Kind.SEEN;
    }
}
