package dev.lintel.door.lock;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;

/** A door that the box only watches. */
@JsonTypeName("none")
public record NoLockConfig(Duration pulse, boolean hold) implements LockConfig {
    public NoLockConfig {
        LockConfig.checks(pulse).done();
    }

    @Override
    public String text() {
        return "none";
    }

    @Override
    public Lock open(LockSite site) {
        return new NoLock();
    }

    @Override
    public boolean exists() {
        return false;
    }
}
