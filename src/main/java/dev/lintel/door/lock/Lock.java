package dev.lintel.door.lock;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Something that holds a door shut. Both steps may be repeated; a failed future means that nobody knows what it did. Used
 * from one event loop.
 */
public interface Lock {

    /** Releases it now. Relays that time themselves are told for how long. */
    Future<Void> unlock(Duration pulse);

    /** Holds the door shut from now on. */
    Future<Void> relock();

    /** Whether {@link #relock} moves it, so that its success says that the lock works; false if it times itself. */
    default boolean relocks() {
        return true;
    }

    /** Lets go of the device; called last, after {@link #relock}. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
