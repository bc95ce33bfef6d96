package dev.lintel.door.lock;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lintel.settings.Checks;
import java.time.Duration;
import java.util.Locale;

/**
 * A relay at a GPIO line.
 *
 * @param chip as {@code gpiochip0}, or its label as {@code pinctrl-rp1}
 * @param line of the chip, 0..1023
 * @param releasedWhen level of the line while the lock is released
 */
@JsonTypeName("gpio")
public record GpioLockConfig(Duration pulse, boolean hold, String chip, int line, Level releasedWhen)
        implements LockConfig {
    public GpioLockConfig {
        Checks checks = LockConfig.checks(pulse);
        Chips.check(checks, chip, line);
        checks.done();
    }

    @Override
    public String text() {
        return "gpio, line " + line + " of " + chip + ", released when "
                + releasedWhen.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Lock open(LockSite site) {
        boolean highReleases = releasedWhen == Level.HIGH;
        return new GpioLock(site.chips().output(chip, line, !highReleases), highReleases);
    }
}
