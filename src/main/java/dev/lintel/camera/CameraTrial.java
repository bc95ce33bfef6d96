package dev.lintel.camera;

import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.face.EncodedImage;
import dev.lintel.vision.FrameEncoder;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.VideoFrame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a camera shows that is not configured yet: its frames are looked at for a few seconds, and the one with the largest
 * face is kept.
 *
 * @param detail why there is no picture, and what to do; empty if there is one
 * @param picture the frame that was kept, as it would be looked at; null if there is none
 * @param width of the frame in pixels; the boxes of the faces are in them
 * @param faces of the frame that was kept, the largest first
 * @param fps frames a second that came
 * @param brightness mean grey level of the whole frame, 0..255
 * @param keyFrameAfter how long video came before a picture could begin; zero if at once
 */
public record CameraTrial(
        String detail,
        EncodedImage picture,
        int width,
        int height,
        List<SeenFace> faces,
        double fps,
        double brightness,
        Duration keyFrameAfter) {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** How long is looked once there is a picture: somebody before the camera turns to it. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private static final int PICTURE = 960;
    private static final int SAMPLES = 64;

    public CameraTrial {
        faces = List.copyOf(faces);
    }

    /** Looks, for at most {@code PATIENCE}. */
    public static CameraTrial of(CameraConfig camera, FaceSearch search) {
        return of(camera, search, PATIENCE, LOOK);
    }

    static CameraTrial of(CameraConfig camera, FaceSearch search, Duration patience, Duration look) {
        AtomicBoolean waits = new AtomicBoolean();
        FutureTask<CameraTrial> trial = new FutureTask<>(() -> look(camera, search, look, waits));
        Thread thread = new Thread(trial, "trial-" + camera.id());
        thread.setDaemon(true);
        thread.start();
        try {
            return trial.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return failed("it cannot be read: " + e.getCause().getClass().getSimpleName(), Duration.ZERO);
        } catch (TimeoutException e) {
            thread.interrupt();
            return waits.get()
                    ? failed(CameraHealth.WAITS_FOR_KEY, patience)
                    : failed("it gave no picture within " + patience.toSeconds() + " s", Duration.ZERO);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return failed("interrupted", Duration.ZERO);
        }
    }

    private static CameraTrial failed(String detail, Duration keyFrameAfter) {
        return new CameraTrial(detail, null, 0, 0, List.of(), 0, 0, keyFrameAfter);
    }

    private static CameraTrial look(CameraConfig camera, FaceSearch search, Duration look, AtomicBoolean waits) {
        try (FrameSource source = Sources.of(camera)) {
            source.open();
            long opened = System.nanoTime();
            Optional<Captured> next = source.next();
            while (next.isPresent()
                    && next.get().waits()
                    && !Thread.currentThread().isInterrupted()) {
                waits.set(true);
                next = source.next();
            }
            if (next.isEmpty() || next.get().waits()) {
                return failed("there is no picture in it", Duration.ZERO);
            }
            Duration keyFrameAfter = waits.get() ? Duration.ofNanos(System.nanoTime() - opened) : Duration.ZERO;
            return watch(camera, search, source, next.get().frame(), look, keyFrameAfter);
        } catch (SourceException e) {
            return failed(e.getMessage(), Duration.ZERO);
        }
    }

    private static CameraTrial watch(
            CameraConfig camera,
            FaceSearch search,
            FrameSource source,
            VideoFrame first,
            Duration look,
            Duration keyFrameAfter)
            throws SourceException {
        FrameEncoder encoder = new FrameEncoder(PICTURE);
        long began = System.nanoTime();
        long end = began + look.toNanos();
        VideoFrame frame = first;
        CameraTrial best = null;
        int frames = 0;
        while (frame != null) {
            frames++;
            List<SeenFace> faces = search.look(frame, camera.detectSize()).stream()
                    .sorted((one, other) ->
                            Float.compare(other.box().area(), one.box().area()))
                    .toList();
            if (best == null || largest(faces) > largest(best.faces)) {
                best = new CameraTrial(
                        "",
                        encoder.jpeg(frame),
                        frame.seenWidth(),
                        frame.seenHeight(),
                        faces,
                        0,
                        brightness(frame),
                        keyFrameAfter);
            }
            frame = System.nanoTime() >= end || Thread.currentThread().isInterrupted()
                    ? null
                    : source.next().map(Captured::frame).orElse(null);
        }
        double seconds = Math.max(1e-3, (System.nanoTime() - began) / 1e9);
        return new CameraTrial(
                "",
                best.picture,
                best.width,
                best.height,
                best.faces,
                frames / seconds,
                best.brightness,
                keyFrameAfter);
    }

    private static double largest(List<SeenFace> faces) {
        return faces.isEmpty() ? 0 : faces.get(0).box().area();
    }

    /** Of a grid of points. */
    private static double brightness(VideoFrame frame) {
        double sum = 0;
        for (int row = 0; row < SAMPLES; row++) {
            for (int column = 0; column < SAMPLES; column++) {
                int at = (int) ((long) row * frame.height() / SAMPLES) * frame.stride()
                        + 3 * (int) ((long) column * frame.width() / SAMPLES);
                sum += 0.114 * (frame.bgr().get(at) & 0xff)
                        + 0.587 * (frame.bgr().get(at + 1) & 0xff)
                        + 0.299 * (frame.bgr().get(at + 2) & 0xff);
            }
        }
        return sum / (SAMPLES * SAMPLES);
    }
}
