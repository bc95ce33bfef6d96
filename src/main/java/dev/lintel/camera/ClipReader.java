package dev.lintel.camera;

import dev.lintel.tracking.FrameFaces;
import dev.lintel.vision.GreyScaler;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Reads a video file or a folder of images to its end as a camera's frames, as fast as they can be looked at. */
public final class ClipReader {
    private ClipReader() {}

    /**
     * Every frame that a camera of this rate would have looked at, in order.
     *
     * @param defaults of a camera
     * @param fps most frames a second of the clip's own time; the pace of a folder
     * @param detectSize longer side in pixels at which faces are searched
     * @throws IOException if it cannot be read
     */
    public static void read(
            Path clip, CameraConfig defaults, int fps, FaceSearch search, int detectSize, Consumer<FrameFaces> to)
            throws IOException {
        read(clip, defaults, fps, search, detectSize, UnaryOperator.identity(), to);
    }

    /** The same, each frame changed before it is looked at. */
    public static void read(
            Path clip,
            CameraConfig defaults,
            int fps,
            FaceSearch search,
            int detectSize,
            UnaryOperator<VideoFrame> change,
            Consumer<FrameFaces> to)
            throws IOException {
        CameraConfig camera = defaults.with(clip.toAbsolutePath().toString(), false, fps);
        long interval = 1_000_000L / fps;
        long due = 0;
        try (FrameSource source = Sources.of(camera);
                GreyScaler scaler = new GreyScaler(FrameFaces.THUMBNAIL)) {
            source.open();
            Optional<FrameSource.Captured> next = source.next();
            while (next.isPresent()) {
                long micros = Math.max(0, next.get().micros());
                // Half a frame of a 60 Hz clip: its times are rounded.
                if (micros + 8_000 >= due) {
                    due = Math.max(due + interval, micros + interval / 2);
                    VideoFrame frame = change.apply(next.get().frame());
                    scaler.scale(frame);
                    List<SeenFace> faces = search.look(frame, detectSize);
                    to.accept(new FrameFaces(
                            "clip",
                            Instant.EPOCH.plusNanos(micros * 1000),
                            micros * 1000,
                            frame.seenWidth(),
                            frame.seenHeight(),
                            faces,
                            scaler.image()));
                }
                next = source.next();
            }
        } catch (SourceException e) {
            throw new IOException(clip + ": " + e.getMessage());
        }
    }
}
