package dev.lintel.camera;

import dev.lintel.vision.VideoFrame;
import java.util.Optional;

/** Where frames come from: opened once, read to its end, closed. Confined to one thread. */
interface FrameSource extends AutoCloseable {

    /**
     * One frame. Its pixels are the source's own and hold until the next call.
     *
     * @param micros when it is to be shown, by the source's own time, in microseconds; negative for a camera, whose frames
     *     are of this moment
     */
    record Captured(VideoFrame frame, long micros) {
        /** No frame yet: video arrives, but a picture can begin only with the next key frame. */
        static final Captured WAITS_FOR_KEY = new Captured(null, -1);

        boolean waits() {
            return frame == null;
        }
    }

    /** @throws SourceException if it cannot be opened; close it then too */
    void open() throws SourceException;

    /**
     * Waits for the next frame, for a time that the source bounds. A live source says with each packet that waits for a key
     * frame that it is alive: {@link Captured#WAITS_FOR_KEY}.
     *
     * @return empty at the end of a file
     * @throws SourceException if the camera is gone or silent
     */
    Optional<Captured> next() throws SourceException;

    /** Frees everything native. May be called at any time by its thread, also twice. */
    @Override
    void close();
}
