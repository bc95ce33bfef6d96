package dev.lintel.attendance;

import dev.lintel.access.AttendanceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of the book, and what became of it.
 *
 * @param by sequence of the correction that replaced or voided it; otherwise null
 */
public record Marked(AttendanceEntry entry, State state, Long by) {

    public enum State {
        COUNTED,
        /** Follows on one in the same direction too soon. */
        DUPLICATE,
        REPLACED,
        VOIDED,
        /** Only says that another entry does not count. */
        NOTE
    }

    static final Comparator<Marked> BY_TIME = Comparator.comparing(
                    (Marked marked) -> marked.entry().at())
            .thenComparingLong(marked -> marked.entry().sequence());

    /**
     * Decides about each entry. The first of several within the window counts, whatever the order in which they were stored;
     * what was entered by hand always counts.
     *
     * @param entries of any people, with every correction that is about one of them
     * @return by time
     */
    static List<Marked> all(List<AttendanceEntry> entries, Duration window) {
        Map<Long, AttendanceEntry> corrections = new HashMap<>();
        entries.stream()
                .filter(entry -> entry.target() != null)
                .forEach(entry -> corrections.put(entry.target(), entry));
        List<Marked> all = new ArrayList<>(entries.stream()
                .map(entry -> of(entry, corrections.get(entry.sequence())))
                .toList());
        all.sort(BY_TIME);
        Map<Object, Instant> last = new HashMap<>();
        all.replaceAll(marked -> {
            if (marked.state != State.COUNTED) {
                return marked;
            }
            Object same = List.of(marked.entry.person(), marked.entry.direction());
            Instant before = last.get(same);
            boolean tooSoon = before != null && marked.entry.at().isBefore(before.plus(window));
            if (tooSoon && !marked.entry.isCorrection()) {
                return new Marked(marked.entry, State.DUPLICATE, null);
            }
            last.put(same, marked.entry.at());
            return marked;
        });
        return all;
    }

    private static Marked of(AttendanceEntry entry, AttendanceEntry correction) {
        if (entry.kind() == AttendanceEntry.Kind.VOIDED) {
            return new Marked(entry, State.NOTE, null);
        }
        if (correction == null) {
            return new Marked(entry, State.COUNTED, null);
        }
        return new Marked(
                entry,
                correction.kind() == AttendanceEntry.Kind.VOIDED ? State.VOIDED : State.REPLACED,
                correction.sequence());
    }
}
