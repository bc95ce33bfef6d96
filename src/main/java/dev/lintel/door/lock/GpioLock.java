package dev.lintel.door.lock;

import io.vertx.core.Future;
import java.time.Duration;

/** A relay at a line. Setting it is one system call, so it is done on the event loop. */
final class GpioLock implements Lock {
    private final Chips.Line line;
    private final boolean highReleases;

    GpioLock(Chips.Line line, boolean highReleases) {
        this.line = line;
        this.highReleases = highReleases;
    }

    @Override
    public Future<Void> unlock(Duration pulse) {
        return drive(highReleases);
    }

    @Override
    public Future<Void> relock() {
        return drive(!highReleases);
    }

    private Future<Void> drive(boolean high) {
        try {
            line.set(high);
            return Future.succeededFuture();
        } catch (LockException e) {
            return Future.failedFuture(e);
        }
    }
}
