package dev.lintel.door.lock;

import dev.lintel.bus.Bus;
import dev.lintel.door.lock.LockConfig.Level;
import io.vertx.core.Vertx;

/** Makes the lock that a door is configured with. */
public final class Locks {
    private Locks() {}

    /**
     * Opens the lock; a GPIO line is locked from the first moment.
     *
     * @throws LockException if it cannot be used, with what to do
     */
    public static Lock open(LockConfig config, Vertx vertx, Bus bus, Chips chips) {
        return switch (config.type()) {
            case NONE -> new NoLock();
            case GPIO -> {
                boolean highReleases = config.releasedWhen() == Level.HIGH;
                yield new GpioLock(chips.output(config.chip(), config.line(), !highReleases), highReleases);
            }
            case HTTP -> new HttpLock(vertx, config, System::nanoTime);
            case MQTT -> new MqttLock(bus, config);
        };
    }
}
