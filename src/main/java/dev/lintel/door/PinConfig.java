package dev.lintel.door;

import java.time.Duration;

/**
 * The second factor.
 *
 * @param patience how long after an uncertain face its PIN is taken, 5s..5m. Default 30s
 * @param attempts wrong PINs in a row, at this door or of one person, until none is taken any more, 1..20. Default 3
 * @param lockOut how long none is taken then, 10s..1d. Default 5m
 * @param alone whether a PIN is taken without a face, together with the person's label. Default false
 */
public record PinConfig(Duration patience, Integer attempts, Duration lockOut, Boolean alone) {
    public PinConfig {
        patience = patience == null ? Duration.ofSeconds(30) : patience;
        attempts = attempts == null ? 3 : attempts;
        lockOut = lockOut == null ? Duration.ofMinutes(5) : lockOut;
        alone = alone != null && alone;
        DoorConfig.check(
                patience.compareTo(Duration.ofSeconds(5)) >= 0 && patience.compareTo(Duration.ofMinutes(5)) <= 0,
                "patience: must be 5s..5m, was " + patience);
        DoorConfig.check(attempts >= 1 && attempts <= 20, "attempts: must be 1..20, was " + attempts);
        DoorConfig.check(
                lockOut.compareTo(Duration.ofSeconds(10)) >= 0 && lockOut.compareTo(Duration.ofDays(1)) <= 0,
                "lock-out: must be 10s..1d, was " + lockOut);
    }

    public static PinConfig defaults() {
        return new PinConfig(null, null, null, null);
    }
}
