package dev.lintel.bus;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * @param entries in the order of their sequence: those in the time that was asked for, and every correction that may be
 *     about one of them
 * @param enrolled those who were asked about, and since when they are enrolled
 */
public record AttendanceEntries(List<AttendanceEntry> entries, Map<Label, Instant> enrolled) implements Serializable {
    public AttendanceEntries {
        entries = List.copyOf(entries);
        enrolled = Map.copyOf(enrolled);
    }
}
