package dev.lintel.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong guesses and looks at none for a while after too many: twice as long after each such while, up to a limit. A
 * guess counts as wrong until it proved right, so that many at once gain nothing. What it counts is kept over a restart by
 * whoever uses it. Confined to one thread.
 */
public final class Guesses {
    /** After so long without a wrong one, all is forgotten. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private static final int MOST_SUBJECTS = 10_000;

    private final Map<String, Count> counts = new HashMap<>();
    private boolean changed;

    /**
     * How patient one is.
     *
     * @param attempts wrong ones until none is looked at
     * @param lockOut for how long at first
     * @param longest for how long at most
     * @param perDay wrong ones within a day until none is looked at for the rest of it; 0: no such limit
     */
    public record Patience(int attempts, Duration lockOut, Duration longest, int perDay) {}

    private static final class Count {
        private int wrong;
        private int lockOuts;
        private int today;
        private Instant dayBegan = Instant.EPOCH;
        private Instant last = Instant.EPOCH;
        private Instant lockedUntil = Instant.EPOCH;
    }

    /** Goes on where {@link #kept} stopped; for no longer than a day, in case the clock was wrong then or is now. */
    public void resume(List<Tally> tallies, Instant now) {
        Instant latest = now.plus(MEMORY);
        for (Tally tally : tallies) {
            Count count = new Count();
            count.wrong = tally.wrong();
            count.lockOuts = tally.lockOuts();
            count.today = tally.today();
            count.dayBegan = tally.dayBegan();
            count.last = tally.last();
            count.lockedUntil = tally.lockedUntil().isAfter(latest) ? latest : tally.lockedUntil();
            counts.put(tally.subject(), count);
        }
    }

    /** What is to be kept, if it is not what was kept last. */
    public Optional<List<Tally>> kept() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        List<Tally> all = new ArrayList<>();
        counts.forEach((subject, c) ->
                all.add(new Tally(subject, c.wrong, c.lockOuts, c.today, c.dayBegan, c.last, c.lockedUntil)));
        all.sort(Comparator.comparing(Tally::lockedUntil).reversed());
        return Optional.of(List.copyOf(all.subList(0, Math.min(all.size(), MOST_SUBJECTS / 10))));
    }

    /** Until when none is looked at, for the one of these that is locked longest; empty if one is. */
    public Optional<Instant> lockedUntil(Iterable<String> subjects, Instant now) {
        Instant latest = null;
        for (String subject : subjects) {
            Count count = counts.get(subject);
            if (count != null && now.isBefore(count.lockedUntil)) {
                latest = latest == null || count.lockedUntil.isAfter(latest) ? count.lockedUntil : latest;
            }
        }
        return Optional.ofNullable(latest);
    }

    /**
     * An attempt begins.
     *
     * @param subjects what a wrong one counts for
     * @return until when none is looked at; empty if this one is
     */
    public Optional<Instant> attempt(Map<String, Patience> subjects, Instant now) {
        forgetOld(now);
        Optional<Instant> locked = lockedUntil(subjects.keySet(), now);
        if (locked.isEmpty()) {
            subjects.forEach((subject, patience) -> count(subject, patience, now));
            changed = true;
        }
        return locked;
    }

    private void count(String subject, Patience patience, Instant now) {
        Count count = counts.computeIfAbsent(subject, s -> new Count());
        if (count.last.plus(patience.lockOut()).isBefore(now)) {
            count.wrong = 0;
        }
        if (!now.isBefore(count.dayBegan.plus(MEMORY))) {
            count.dayBegan = now;
            count.today = 0;
        }
        count.last = now;
        count.today++;
        if (++count.wrong >= patience.attempts()) {
            count.wrong = 0;
            count.lockedUntil = now.plus(lockOut(patience, count.lockOuts++));
        }
        if (patience.perDay() > 0 && count.today >= patience.perDay()) {
            Instant tomorrow = count.dayBegan.plus(MEMORY);
            count.lockedUntil = tomorrow.isAfter(count.lockedUntil) ? tomorrow : count.lockedUntil;
        }
    }

    private static Duration lockOut(Patience patience, int before) {
        Duration next = patience.lockOut().multipliedBy(1L << Math.min(before, 20));
        return next.compareTo(patience.longest()) > 0 ? patience.longest() : next;
    }

    /** The attempt that began was right. */
    public void right(Iterable<String> subjects) {
        for (String subject : subjects) {
            changed |= counts.remove(subject) != null;
        }
    }

    /** The attempt that began was none, for a subject that is not to be forgiven what was before. */
    public void wasNone(String subject, Patience patience, Instant now) {
        Count count = counts.get(subject);
        if (count == null) {
            return;
        }
        changed = true;
        count.today = Math.max(0, count.today - 1);
        if (count.wrong > 0) {
            count.wrong--;
        } else if (now.isBefore(count.lockedUntil)) {
            count.lockedUntil = now;
            count.lockOuts--;
            count.wrong = patience.attempts() - 1;
        }
    }

    /** Attempts that are left; 0 if none is looked at now. */
    public int left(Map<String, Patience> subjects, Instant now) {
        return subjects.entrySet().stream()
                .mapToInt(subject -> left(counts.get(subject.getKey()), subject.getValue(), now))
                .min()
                .orElse(0);
    }

    private static int left(Count count, Patience patience, Instant now) {
        if (count == null || count.last.plus(patience.lockOut()).isBefore(now)) {
            return patience.attempts();
        }
        return now.isBefore(count.lockedUntil) ? 0 : patience.attempts() - count.wrong;
    }

    /** Wrong ones of long ago count no more; of too many subjects at once, those that are not locked. */
    private void forgetOld(Instant now) {
        changed |= counts.values()
                .removeIf(
                        c -> !now.isBefore(c.lockedUntil) && c.last.plus(MEMORY).isBefore(now));
        if (counts.size() > MOST_SUBJECTS) {
            counts.values().removeIf(c -> !now.isBefore(c.lockedUntil));
        }
    }
}
