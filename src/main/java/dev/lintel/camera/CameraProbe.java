package dev.lintel.camera;

import dev.lintel.camera.FrameSource.Captured;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a camera answers, found out by taking one frame of it.
 *
 * @param answers whether it gave a frame, or sends video that one can be made of later
 * @param waits whether it sends video, but no frame came, because key frames are rare
 * @param detail what it gives, or why not and what to do
 */
public record CameraProbe(boolean answers, boolean waits, String detail) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Takes one frame, for at most 20 seconds. */
    public static CameraProbe of(CameraConfig camera) {
        return of(camera, TIMEOUT);
    }

    static CameraProbe of(CameraConfig camera, Duration patience) {
        AtomicBoolean waits = new AtomicBoolean();
        FutureTask<CameraProbe> look = new FutureTask<>(() -> look(camera, waits));
        Thread thread = new Thread(look, "probe-" + camera.id());
        thread.setDaemon(true);
        thread.start();
        try {
            return look.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return failed(camera.address() + " cannot be read: "
                    + e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
            thread.interrupt();
            return waits.get()
                    ? new CameraProbe(true, true, camera.address() + ": " + CameraHealth.WAITS_FOR_KEY)
                    : failed(camera.address() + " gave no frame within " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }

    /** Why FFmpeg, which reads every camera but a folder, cannot be loaded; empty if it can. */
    public static Optional<String> ffmpegFault() {
        return fault(false);
    }

    /** Why its part for cameras at this machine cannot; empty if it can. */
    public static Optional<String> deviceFault() {
        return fault(true);
    }

    private static Optional<String> fault(boolean device) {
        try {
            Ffmpeg.load(device);
            return Optional.empty();
        } catch (SourceException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static CameraProbe failed(String detail) {
        return new CameraProbe(false, false, detail);
    }

    private static CameraProbe look(CameraConfig camera, AtomicBoolean waits) {
        try (FrameSource source = Sources.of(camera)) {
            source.open();
            Optional<Captured> first = source.next();
            while (first.isPresent()
                    && first.get().waits()
                    && !Thread.currentThread().isInterrupted()) {
                waits.set(true);
                first = source.next();
            }
            return first.isEmpty() || first.get().waits()
                    ? failed(camera.address() + ": there is no frame in it")
                    : new CameraProbe(
                            true,
                            false,
                            camera.address() + " gives " + first.get().frame().width() + "x"
                                    + first.get().frame().height());
        } catch (SourceException e) {
            return failed(camera.address() + ": " + e.getMessage());
        }
    }
}
