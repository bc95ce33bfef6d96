package dev.lintel.inference;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The part of a network that keeps native memory safe: arguments are checked before they reach native code,
 * and closing waits for the runs in flight, because freeing a session under a running call kills the JVM.
 */
abstract class GuardedNetwork implements Network {
    private static final int MAX_BATCH = 256;

    private final ModelManifest.Input input;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    GuardedNetwork(ModelManifest.Input input) {
        this.input = input;
    }

    @Override
    public final Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
        check(rgb, count, height, width);
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the network is closed");
            }
            return runOpen(rgb, count, height, width);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Runs with checked arguments on an open network. */
    abstract Map<String, float[]> runOpen(ByteBuffer rgb, int count, int height, int width);

    abstract void free();

    @Override
    public final void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void check(ByteBuffer rgb, int count, int height, int width) {
        boolean fits = count >= 1
                && count <= MAX_BATCH
                && fits(width, input.width(), input.multiple())
                && fits(height, input.height(), input.multiple());
        if (!fits) {
            throw new IllegalArgumentException(
                    count + " images of " + width + "x" + height + " do not fit a network of " + input.width() + "x"
                            + input.height() + " in multiples of " + input.multiple());
        }
        if (!rgb.isDirect() || rgb.capacity() < (long) count * height * width * 3) {
            throw new IllegalArgumentException(
                    "the pixels need a direct buffer of " + (long) count * height * width * 3 + " bytes");
        }
    }

    private static boolean fits(int size, int fixed, int multiple) {
        return fixed > 0 ? size == fixed : size > 0 && size <= 4096 && size % multiple == 0;
    }
}
