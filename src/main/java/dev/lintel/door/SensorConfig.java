package dev.lintel.door;

import dev.lintel.door.lock.LockConfig;
import java.time.Duration;

/**
 * What tells whether the door stands open.
 *
 * @param type none, gpio (a reed contact at a line) or http (something posts to {@code /doors/{id}/sensor}). Default none
 * @param chip GPIO chip as {@code gpiochip0}, or its label as {@code pinctrl-rp1}
 * @param line of the chip, 0..1023; a contact to ground, the box pulls the line up
 * @param openWhen level of the line while the door is open: high (contact closed while the door is shut) or low.
 *     Default high
 * @param heldOpenAfter how long the door may stand open before it is an alarm, 5s..1h. Default 30s
 * @param reportForced whether a door that opens without having been unlocked is an alarm; false where people leave by
 *     a handle or button that the box does not see. Default true
 */
public record SensorConfig(
        Type type, String chip, Integer line, LockConfig.Level openWhen, Duration heldOpenAfter, Boolean reportForced) {

    public enum Type {
        NONE,
        GPIO,
        HTTP
    }

    public SensorConfig {
        type = type == null ? Type.NONE : type;
        openWhen = openWhen == null ? LockConfig.Level.HIGH : openWhen;
        heldOpenAfter = heldOpenAfter == null ? Duration.ofSeconds(30) : heldOpenAfter;
        reportForced = reportForced == null || reportForced;
        DoorConfig.check(
                heldOpenAfter.compareTo(Duration.ofSeconds(5)) >= 0
                        && heldOpenAfter.compareTo(Duration.ofHours(1)) <= 0,
                "held-open-after: must be 5s..1h, was " + heldOpenAfter);
        if (type == Type.GPIO) {
            LockConfig.checkLine(chip, line);
        }
    }

    public static SensorConfig none() {
        return new SensorConfig(null, null, null, null, null, null);
    }
}
