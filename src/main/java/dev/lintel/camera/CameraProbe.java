package dev.lintel.camera;

import dev.lintel.camera.FrameSource.Captured;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a camera answers, found out by taking one frame of it.
 *
 * @param detail what it gives, or why not and what to do
 */
public record CameraProbe(boolean answers, String detail) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Takes one frame, for at most 20 seconds. */
    public static CameraProbe of(CameraConfig camera) {
        FutureTask<CameraProbe> look = new FutureTask<>(() -> look(camera));
        Thread thread = new Thread(look, "probe-" + camera.id());
        thread.setDaemon(true);
        thread.start();
        try {
            return look.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return new CameraProbe(
                    false,
                    camera.address() + " cannot be read: "
                            + e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
            thread.interrupt();
            return new CameraProbe(false, camera.address() + " gave no frame within " + TIMEOUT.toSeconds() + " s");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new CameraProbe(false, "interrupted");
        }
    }

    private static CameraProbe look(CameraConfig camera) {
        try (FrameSource source = Sources.of(camera)) {
            source.open();
            Optional<Captured> first = source.next();
            return first.isEmpty()
                    ? new CameraProbe(false, camera.address() + ": there is no frame in it")
                    : new CameraProbe(
                            true,
                            camera.address() + " gives " + first.get().frame().width() + "x"
                                    + first.get().frame().height());
        } catch (SourceException e) {
            return new CameraProbe(false, camera.address() + ": " + e.getMessage());
        }
    }
}
