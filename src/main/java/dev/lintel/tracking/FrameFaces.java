package dev.lintel.tracking;

import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.time.Instant;
import java.util.List;

/**
 * The faces of one frame of one camera, as its feed hands them on: in the order of capture, only of frames that were
 * searched for faces. Nothing of an idle scene is handed on, except every few seconds; after motion or a face, frames
 * go on for a hold time of seconds, so that a face that left is seen to be missing.
 *
 * @param camera its id in the configuration
 * @param at when the frame was read, by the wall clock
 * @param nanos the same by a clock that never jumps ({@link System#nanoTime()} in operation), for durations
 * @param width of the frame in pixels, turned, mirrored and cut as configured
 * @param height likewise
 * @param faces in pixels of that frame, highest detection score first; may be empty
 * @param thumbnail the whole frame, small and grey: {@value #THUMBNAIL} pixels on its longer side
 */
public record FrameFaces(
        String camera, Instant at, long nanos, int width, int height, List<SeenFace> faces, GreyImage thumbnail) {

    /** Longer side of the thumbnail in pixels. */
    public static final int THUMBNAIL = 160;

    public FrameFaces {
        faces = List.copyOf(faces);
    }
}
