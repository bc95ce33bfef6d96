package dev.lintel.door.lock;

import dev.lintel.settings.Checks;
import java.time.Duration;

/** What releases a door. Each kind is a record whose {@code JsonTypeName} is the {@code type} of the file. */
public sealed interface LockConfig permits NoLockConfig, GpioLockConfig, HttpLockConfig, MqttLockConfig {

    /** How long the lock stays released, 200ms..5m. */
    Duration pulse();

    /**
     * In free passage, keep the lock released (true) or pulse for each person who is seen (false), for strikes that are not
     * made for it and for relays that time themselves.
     */
    boolean hold();

    /**
     * Opens the lock; a GPIO line is locked from the first moment.
     *
     * @throws LockException if it cannot be used, with what to do
     */
    Lock open(LockSite site);

    /** What it is, for people; without secrets. */
    String text();

    /** Whether there is anything to release. */
    default boolean exists() {
        return true;
    }

    /** The checks that every kind begins with. */
    static Checks checks(Duration pulse) {
        return new Checks().range("pulse", pulse, Duration.ofMillis(200), Duration.ofMinutes(5));
    }

    /** Notes a call that takes too long or too short. */
    static void timeout(Checks checks, Duration timeout) {
        checks.range("timeout", timeout, Duration.ofMillis(100), Duration.ofSeconds(10));
    }
}
