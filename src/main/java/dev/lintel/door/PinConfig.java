package dev.lintel.door;

import dev.lintel.settings.Checks;
import java.time.Duration;

/**
 * The second factor.
 *
 * @param patience how long after an uncertain face its PIN is taken, 5s..5m
 * @param attempts wrong PINs in a row, at this door or of one person, until none is taken any more, 1..20
 * @param lockOut how long none is taken then, 10s..1d; twice as long each time, up to a day, at a door up to an hour
 * @param attemptsPerDay wrong PINs of one person within a day until none is taken for the rest of it, 1..1000
 * @param alone whether a PIN is taken without a face, together with the person's label
 */
public record PinConfig(Duration patience, int attempts, Duration lockOut, int attemptsPerDay, boolean alone) {
    public PinConfig {
        new Checks()
                .range("patience", patience, Duration.ofSeconds(5), Duration.ofMinutes(5))
                .range("attempts", attempts, 1, 20)
                .range("lock-out", lockOut, Duration.ofSeconds(10), Duration.ofDays(1))
                .range("attempts-per-day", attemptsPerDay, 1, 1000)
                .done();
    }
}
