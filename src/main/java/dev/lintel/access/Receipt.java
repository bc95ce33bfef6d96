package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What became of everything about a person who was deleted, sealed by the box that did it. The box keeps no copy.
 *
 * @param at when it was on disk
 * @param gone what was deleted
 * @param attendance what became of the attendance
 * @param kept what was kept
 * @param key fingerprint of the box's key that made the seal
 * @param seal HMAC-SHA256 over all else, in hexadecimal digits; empty before it is sealed
 */
public record Receipt(
        UUID id, Label person, Instant at, Gone gone, OnDeletion attendance, Kept kept, String key, String seal)
        implements Serializable {
    /** Of one that tells of no pictures, as all did before there were any. */
    private static final int VERSION = 1;

    private static final int WITH_PICTURES = 2;

    /** Tells of pictures as well. */
    private static final int WITH_DETAILS = 3;

    /**
     * @param templates enrolled views with their vectors
     * @param rights whether there were groups or dates
     * @param pin whether there was a PIN
     * @param consent whether there was a record of consent
     * @param visits remembered visits of an unknown person who looked like this one
     * @param attendance entries of the attendance book
     * @param pictures of enrolled views
     * @param details whether there was a number of another system, a note or another field
     */
    public record Gone(
            int templates,
            boolean rights,
            boolean pin,
            boolean consent,
            int visits,
            int attendance,
            int pictures,
            boolean details)
            implements Serializable {}

    /**
     * @param attendance entries of the attendance book, under the name or as times of nobody
     * @param attendanceUntil when the last of them is removed; null if there are none
     * @param events entries of the event log that named the person, and name nobody now
     * @param eventsUntil when the last of them is removed; null if there are none
     */
    public record Kept(int attendance, Instant attendanceUntil, int events, Instant eventsUntil)
            implements Serializable {}

    public Receipt sealed(String fingerprint, String hmac) {
        return new Receipt(id, person, at, gone, attendance, kept, fingerprint, hmac);
    }

    /** What the seal is made of, in this order. */
    public List<Object> content() {
        List<Object> content = new ArrayList<>(Arrays.asList(
                "erasure-receipt",
                gone.details ? WITH_DETAILS : gone.pictures == 0 ? VERSION : WITH_PICTURES,
                id.toString(),
                person.text(),
                at.toEpochMilli(),
                gone.templates,
                number(gone.rights),
                number(gone.pin),
                number(gone.consent),
                gone.visits,
                gone.attendance,
                attendance.name(),
                kept.attendance,
                millis(kept.attendanceUntil),
                kept.events,
                millis(kept.eventsUntil),
                key));
        if (gone.pictures != 0 || gone.details) {
            content.add(gone.pictures);
        }
        return content;
    }

    private static int number(boolean is) {
        return is ? 1 : 0;
    }

    private static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
