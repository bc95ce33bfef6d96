package dev.lintel.camera;

import dev.lintel.vision.VideoFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * Room for one waiting frame: a newer one takes its place. One thread offers, one takes; neither waits for the other
 * longer than it takes to swap two buffers.
 */
final class FrameSlot {

    /** A frame with its own pixels, good until the next {@link #take}. */
    static final class Held {
        private ByteBuffer pixels = ByteBuffer.allocateDirect(0);
        private VideoFrame frame;
        private Instant at;
        private long nanos;

        VideoFrame frame() {
            return frame;
        }

        Instant at() {
            return at;
        }

        long nanos() {
            return nanos;
        }

        private void copy(VideoFrame from, Instant when, long tick) {
            int size = (from.height() - 1) * from.stride() + 3 * from.width();
            if (pixels.capacity() != size) {
                pixels = ByteBuffer.allocateDirect(size);
                frame = null;
            }
            pixels.clear().put(from.bgr().duplicate().clear().limit(size)).clear();
            if (frame == null
                    || frame.width() != from.width()
                    || frame.stride() != from.stride()
                    || !frame.view().equals(from.view())) {
                frame = new VideoFrame(pixels, from.width(), from.height(), from.stride(), from.view());
            }
            at = when;
            nanos = tick;
        }
    }

    private Held writing = new Held();
    private Held waiting = new Held();
    private Held reading = new Held();
    private boolean full;

    /** @return whether a frame was dropped that nobody had taken */
    boolean offer(VideoFrame frame, Instant at, long nanos) {
        writing.copy(frame, at, nanos);
        synchronized (this) {
            Held newest = writing;
            writing = waiting;
            waiting = newest;
            boolean dropped = full;
            full = true;
            notifyAll();
            return dropped;
        }
    }

    /** The newest frame that was not taken yet; null if none comes within the time. */
    synchronized Held take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!full) {
            long left = (end - System.nanoTime() + 999_999) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        Held newest = waiting;
        waiting = reading;
        reading = newest;
        full = false;
        return newest;
    }
}
