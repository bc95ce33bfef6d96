package dev.lintel.attendance;

import dev.lintel.access.Direction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One person's comings, each with the going that belongs to it.
 *
 * <p>A going belongs to the earliest coming since the going before it that is no longer ago than the longest presence. Both
 * count on the working day of the coming, see {@link Duties#dayOf}, also if the going is on the next. A coming that no going
 * belongs to is open; where a camera cannot tell the direction, the last sighting of the working day closes it. Comings between
 * a coming and its going say nothing new.
 *
 * <p>Built once, by one thread.
 */
final class Stays {
    private final Duties duties;
    private final WorkDays days;
    private final Duration longest;
    private final Duration window;
    private final TreeMap<Instant, Stay> stays = new TreeMap<>();
    private final Map<LocalDate, List<Marked>> entries = new HashMap<>();
    private final Map<LocalDate, Integer> unmatched = new HashMap<>();
    private final Map<LocalDate, Instant> lostGoings = new HashMap<>();
    /** Comings since the last going, by time. */
    private final List<Marked> waiting = new ArrayList<>();

    private Stays(Duties duties, WorkDays days, AttendanceConfig config) {
        this.duties = duties;
        this.days = days;
        this.longest = config.longestPresence();
        this.window = config.duplicateWindow();
    }

    /** @param entries of one person, by time */
    static Stays of(List<Marked> entries, Duties duties, WorkDays days, AttendanceConfig config) {
        Stays stays = new Stays(duties, days, config);
        for (Marked marked : entries) {
            if (marked.state() == Marked.State.COUNTED) {
                stays.count(marked);
            }
        }
        stays.leaveOpen(stays.waiting);
        for (Marked marked : entries) {
            if (marked.state() != Marked.State.COUNTED) {
                stays.put(stays.dayOfUncounted(at(marked)), marked);
            }
        }
        stays.entries.values().forEach(day -> day.sort(Marked.BY_TIME));
        return stays;
    }

    Presence on(LocalDate date) {
        return Presence.of(
                stays.values().stream().filter(stay -> stay.day().equals(date)).toList(),
                lostGoings.get(date),
                unmatched.getOrDefault(date, 0));
    }

    /** Those that count and those that do not, by time. */
    List<Marked> entriesOn(LocalDate date) {
        return entries.getOrDefault(date, List.of());
    }

    private void count(Marked marked) {
        if (marked.entry().direction() == Direction.OUT) {
            leave(marked);
        } else {
            waiting.add(marked);
        }
    }

    private void leave(Marked going) {
        int first = comingOf(going);
        if (first < 0) {
            leaveOpen(waiting);
            LocalDate day = dayOf(going);
            put(day, going);
            lostGoings.put(day, at(going));
            doesNotFit(day);
        } else {
            leaveOpen(waiting.subList(0, first));
            Marked coming = waiting.get(first);
            LocalDate day = dayOf(coming);
            stays.put(at(coming), new Stay(day, at(coming), at(going)));
            waiting.subList(first, waiting.size()).forEach(marked -> put(day, marked));
            waiting.subList(first + 1, waiting.size()).stream()
                    .filter(Stays::isIn)
                    .forEach(repeated -> doesNotFit(day));
            put(day, going);
        }
        waiting.clear();
    }

    /** -1 if there is none. */
    private int comingOf(Marked going) {
        Instant earliest = at(going).minus(longest);
        for (int i = 0; i < waiting.size(); i++) {
            if (!at(waiting.get(i)).isBefore(earliest) && begins(i)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it is a coming; where the direction is not known, only the first sighting of a working day is. */
    private boolean begins(int i) {
        return isIn(waiting.get(i)) || i == 0 || !dayOf(waiting.get(i - 1)).equals(dayOf(waiting.get(i)));
    }

    /** Nobody saw a going: each working day by itself. */
    private void leaveOpen(List<Marked> comings) {
        comings.stream()
                .collect(Collectors.groupingBy(this::dayOf, TreeMap::new, Collectors.toList()))
                .forEach((day, all) -> {
                    Instant from = at(all.get(0));
                    List<Marked> later = all.subList(1, all.size());
                    Instant lastSeen = later.stream()
                            .filter(marked -> !isIn(marked))
                            .map(Stays::at)
                            .reduce((one, next) -> next)
                            .orElse(null);
                    stays.put(from, new Stay(day, from, lastSeen));
                    later.stream().filter(Stays::isIn).forEach(repeated -> doesNotFit(day));
                    all.forEach(marked -> put(day, marked));
                });
    }

    /** What does not count belongs to the stay that it happened in, or follows on. */
    private LocalDate dayOfUncounted(Instant at) {
        Map.Entry<Instant, Stay> before = stays.floorEntry(at);
        return before == null
                        || before.getValue().isOpen()
                        || at.isAfter(before.getValue().to().plus(window))
                ? days.of(at)
                : before.getValue().day();
    }

    private LocalDate dayOf(Marked marked) {
        return duties.dayOf(at(marked), marked.entry().direction());
    }

    private void put(LocalDate day, Marked marked) {
        entries.computeIfAbsent(day, none -> new ArrayList<>()).add(marked);
    }

    private void doesNotFit(LocalDate day) {
        unmatched.merge(day, 1, Integer::sum);
    }

    private static boolean isIn(Marked marked) {
        return marked.entry().direction() == Direction.IN;
    }

    private static Instant at(Marked marked) {
        return marked.entry().at();
    }
}
