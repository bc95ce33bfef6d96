package dev.lintel.door;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong PINs, at a door and of a person, and takes none for a while after too many. An attempt counts as wrong
 * until it proved right, so that many at once gain nothing. Used from one event loop.
 */
final class PinGuard {
    private static final int MOST_KEYS = 10_000;

    private final Map<String, Tally> tallies = new HashMap<>();

    private static final class Tally {
        private int wrong;
        private Instant last = Instant.MIN;
        private Instant lockedUntil = Instant.MIN;
    }

    /**
     * An attempt begins.
     *
     * @param keys what wrong PINs are counted for
     * @return until when none is taken; empty if this one is
     */
    Optional<Instant> attempt(List<String> keys, PinConfig config, Instant now) {
        forgetOld(config.lockOut(), now);
        Optional<Instant> locked = keys.stream()
                .map(tallies::get)
                .filter(t -> t != null && now.isBefore(t.lockedUntil))
                .map(t -> t.lockedUntil)
                .max(Instant::compareTo);
        if (locked.isEmpty()) {
            for (String key : keys) {
                Tally tally = tallies.computeIfAbsent(key, k -> new Tally());
                tally.last = now;
                if (++tally.wrong >= config.attempts()) {
                    tally.wrong = 0;
                    tally.lockedUntil = now.plus(config.lockOut());
                }
            }
        }
        return locked;
    }

    /** The attempt that began was right. */
    void right(List<String> keys) {
        keys.forEach(tallies::remove);
    }

    /** Attempts that are left; 0 if none is taken now. */
    int left(List<String> keys, PinConfig config, Instant now) {
        return keys.stream()
                .map(tallies::get)
                .filter(t -> t != null)
                .mapToInt(t -> now.isBefore(t.lockedUntil) ? 0 : config.attempts() - t.wrong)
                .min()
                .orElse(config.attempts());
    }

    /** Wrong PINs of long ago count no more. */
    private void forgetOld(Duration time, Instant now) {
        tallies.values()
                .removeIf(t -> !now.isBefore(t.lockedUntil) && t.last.plus(time).isBefore(now));
        if (tallies.size() > MOST_KEYS) {
            tallies.values().removeIf(t -> !now.isBefore(t.lockedUntil));
        }
    }
}
