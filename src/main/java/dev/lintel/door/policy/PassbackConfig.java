package dev.lintel.door.policy;

import dev.lintel.settings.Checks;
import java.time.Duration;
import java.util.Optional;

/**
 * Against passing one's rights back: who went in must come out before going in again. Needs a camera on either side.
 * The box forgets who is inside when it is started again.
 *
 * @param mode off, soft (lets pass, and says so) or hard (refuses)
 * @param reset after this time nobody counts as inside any more, 1m..7d
 * @param zone doors of the same zone lead into the same space; empty: the door has its own
 */
public record PassbackConfig(Mode mode, Duration reset, Optional<String> zone) {

    /** What a second entry leads to. */
    public enum Mode {
        OFF,
        SOFT,
        HARD
    }

    public PassbackConfig {
        new Checks()
                .range("reset", reset, Duration.ofMinutes(1), Duration.ofDays(7))
                .that(zone.isEmpty() || !zone.get().isBlank(), "zone: must not be empty")
                .done();
    }
}
