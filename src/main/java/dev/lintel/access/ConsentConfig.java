package dev.lintel.access;

import dev.lintel.settings.Checks;
import java.time.Duration;

/**
 * What is asked of consent.
 *
 * @param required whether nobody is enrolled without a consent that is on record and valid
 * @param keepPictures whether the aligned pictures of enrolled views are kept, of people whose consent names {@link Consent#PICTURES}
 * @param warnBefore how long before a consent ends by itself the log says so, 0 to 366 days
 */
public record ConsentConfig(boolean required, boolean keepPictures, Duration warnBefore) {
    private static final Duration LONGEST = Duration.ofDays(366);

    public ConsentConfig {
        new Checks().range("warn-before", warnBefore, Duration.ZERO, LONGEST).done();
    }

    /** Nothing is asked, and nothing said before. */
    public static ConsentConfig none() {
        return new ConsentConfig(false, false, Duration.ZERO);
    }
}
