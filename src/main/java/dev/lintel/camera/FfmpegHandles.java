package dev.lintel.camera;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * Whom FFmpeg means when it calls back. Of one kind of function JavaCPP can give native code ten at most; an eleventh is null,
 * and FFmpeg then asks nobody. So each kind has one function, and what FFmpeg hands back to it says whose turn it is.
 * Thread-safe.
 */
final class FfmpegHandles<T> {
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, T> owners = new ConcurrentHashMap<>();

    /** A number that FFmpeg carries as an address and never follows. */
    static final class Handle extends Pointer {
        private Handle(long number) {
            address = number;
        }
    }

    /** Holds the owner until {@link #remove}. */
    Handle add(T owner) {
        Handle handle = new Handle(last.incrementAndGet());
        owners.put(handle.address(), owner);
        return handle;
    }

    /** The owner; null once removed. */
    T of(Pointer handle) {
        return owners.get(handle.address());
    }

    void remove(Handle handle) {
        owners.remove(handle.address());
    }
}
