package dev.lintel.door.policy;

import java.time.Duration;

/**
 * Against passing one's rights back: who went in must come out before going in again. Needs a camera on either side.
 * The box forgets who is inside when it is started again.
 *
 * @param mode off, soft (lets pass, and says so) or hard (refuses). Default off
 * @param reset after this time nobody counts as inside any more, 1m..7d. Default 12h
 * @param zone doors of the same zone lead into the same space. Default: each door its own
 */
public record PassbackConfig(Mode mode, Duration reset, String zone) {

    /** What a second entry leads to. */
    public enum Mode {
        OFF,
        SOFT,
        HARD
    }

    public PassbackConfig {
        mode = mode == null ? Mode.OFF : mode;
        reset = reset == null ? Duration.ofHours(12) : reset;
        check(
                reset.compareTo(Duration.ofMinutes(1)) >= 0 && reset.compareTo(Duration.ofDays(7)) <= 0,
                "reset: must be 1m..7d, was " + reset);
        check(zone == null || !zone.isBlank(), "zone: must not be empty");
    }

    public static PassbackConfig defaults() {
        return new PassbackConfig(null, null, null);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
