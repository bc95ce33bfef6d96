package dev.lintel.camera;

import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.vision.VideoFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a source, reads it as fast as it gives frames, puts the newest into the slot, and opens it again when it breaks,
 * for as long as it takes. Runs on a thread of its own.
 */
final class FeedReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

    /** Frames this much too early are looked at all the same. */
    private static final long SLACK = Duration.ofMillis(5).toNanos();

    private final CameraConfig camera;
    private final Supplier<FrameSource> sources;
    private final FrameSlot slot;
    private final CameraHealth health;
    private final ReopenPause backoff;
    private final FeedClock clock;
    private final CameraMeters meters;
    private final CRC32C crc = new CRC32C();
    private final long interval;
    private volatile boolean stopped;
    private volatile boolean reopen;
    private long due;
    private long paceOrigin;

    FeedReader(
            CameraConfig camera,
            Supplier<FrameSource> sources,
            FrameSlot slot,
            CameraHealth health,
            ReopenPause backoff,
            FeedClock clock,
            CameraMeters meters) {
        this.camera = camera;
        this.sources = sources;
        this.slot = slot;
        this.health = health;
        this.backoff = backoff;
        this.clock = clock;
        this.meters = meters;
        this.interval = Duration.ofSeconds(1).toNanos() / camera.fps();
        this.due = clock.nanos();
    }

    /** Any thread: end after the frame that is being read. */
    void stop() {
        stopped = true;
    }

    /** Any thread: close the source after the frame that is being read, and open it again. */
    void reopen() {
        reopen = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            boolean again = once();
            if (stopped) {
                return;
            }
            if (!again) {
                meters.reconnecting();
                pause(backoff.next());
            }
        }
    }

    /** Opens and reads once. @return whether it may begin again at once, as a file at its end does */
    private boolean once() {
        reopen = false;
        try (FrameSource source = sources.get()) {
            source.open();
            health.opened();
            boolean any = read(source);
            if (reopen || !any) {
                health.failed(any ? "it is opened again" : "there is no frame in it");
                return false;
            }
            if (!camera.loop()) {
                health.ended();
                stopped = true;
            }
            return true;
        } catch (SourceException e) {
            health.failed(e.getMessage());
        } catch (RuntimeException | Error e) { // no memory for a picture, a native library that fails
            health.failed("it cannot be read (" + e.getClass().getSimpleName() + "): see the log");
            LOG.warn("camera {}: reading failed: {}", camera.id(), e.getClass().getSimpleName());
            LOG.debug("camera {}", camera.id(), e);
        }
        return false;
    }

    /** @return whether there was a frame; at the end of a file, or if it was stopped or is to be opened again */
    private boolean read(FrameSource source) throws SourceException {
        boolean any = false;
        paceOrigin = clock.nanos();
        while (!stopped && !reopen) {
            Optional<Captured> next = source.next();
            if (next.isEmpty()) {
                return any;
            }
            if (next.get().waits()) {
                health.waits();
                continue;
            }
            pace(next.get().micros());
            any = true;
            take(next.get().frame());
        }
        return any;
    }

    /** A file is played at its own rate. */
    private void pace(long micros) {
        if (micros > 0) {
            long wait = paceOrigin + micros * 1000 - clock.nanos();
            if (wait > 0) {
                pause(Duration.ofNanos(wait));
            }
        }
    }

    private void take(VideoFrame frame) {
        meters.read();
        long now = clock.nanos();
        if (now < due - SLACK) {
            return;
        }
        due = Math.max(due + interval, now - interval);
        if (health.picture(checksum(frame))) {
            backoff.reset();
        }
        if (slot.offer(frame, clock.now(), now)) {
            meters.dropped();
        }
    }

    private long checksum(VideoFrame frame) {
        ByteBuffer pixels = frame.bgr().duplicate().clear();
        int row = 3 * frame.width();
        crc.reset();
        for (int y = 0; y < frame.height(); y++) { // what lies between the rows is anything
            int start = y * frame.stride();
            crc.update(pixels.limit(start + row).position(start));
        }
        return crc.getValue();
    }

    /** An interruption ends it early: it is to stop, or to open the camera again. */
    private void pause(Duration time) {
        try {
            clock.pause(time);
        } catch (InterruptedException e) {
            LOG.debug("camera {}: woken", camera.id());
        }
    }
}
