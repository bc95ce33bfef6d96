package dev.lintel.door;

import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.Level;
import dev.lintel.settings.Checks;
import java.time.Duration;
import java.util.Optional;

/**
 * What tells whether the door stands open.
 *
 * @param type none, gpio (a reed contact at a line) or http (something posts to {@code /doors/{id}/sensor})
 * @param chip gpio: the chip as {@code gpiochip0}, or its label as {@code pinctrl-rp1}
 * @param line gpio: of the chip, 0..1023; a contact to ground, the box pulls the line up
 * @param openWhen level of the line while the door is open: high (contact closed while the door is shut) or low
 * @param heldOpenAfter how long the door may stand open before it is an alarm, 5s..1h
 * @param reportForced whether a door that opens without having been unlocked is an alarm; false where people leave by
 *     a handle or button that the box does not see
 */
public record SensorConfig(
        Type type,
        Optional<String> chip,
        Optional<Integer> line,
        Level openWhen,
        Duration heldOpenAfter,
        boolean reportForced) {

    public enum Type {
        NONE,
        GPIO,
        HTTP
    }

    public SensorConfig {
        Checks checks =
                new Checks().range("held-open-after", heldOpenAfter, Duration.ofSeconds(5), Duration.ofHours(1));
        if (type == Type.GPIO) {
            Chips.check(checks, chip.orElse(""), line.orElse(-1));
        }
        checks.done();
    }
}
