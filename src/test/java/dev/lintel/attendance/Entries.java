package dev.lintel.attendance;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Direction;
import dev.lintel.face.Label;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A book that is written line by line, in Vienna. */
final class Entries {
    static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private String door = "main";
    private final List<AttendanceEntry> entries = new ArrayList<>();

    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(VIENNA).toInstant();
    }

    /** At which door the following happens. */
    Entries through(String other) {
        door = other;
        return this;
    }

    Entries in(String label, String local) {
        return add(label, at(local), Direction.IN);
    }

    Entries out(String label, String local) {
        return add(label, at(local), Direction.OUT);
    }

    Entries both(String label, String local) {
        return add(label, at(local), Direction.BOTH);
    }

    Entries add(String label, Instant at, Direction direction) {
        return put(Kind.SEEN, label, at, direction, null);
    }

    Entries put(Kind kind, String label, Instant at, Direction direction, Long target) {
        boolean seen = kind == Kind.SEEN;
        entries.add(new AttendanceEntry(
                entries.size() + 1L,
                UUID.randomUUID(),
                kind,
                Label.of(label),
                at,
                direction,
                "front",
                door,
                target,
                seen ? null : "desk",
                at,
                seen ? null : "because"));
        return this;
    }

    List<AttendanceEntry> all() {
        return List.copyOf(entries);
    }
}
