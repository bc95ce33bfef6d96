package dev.lintel.camera;

import dev.lintel.vision.SeenFace;
import dev.lintel.vision.VideoFrame;
import java.util.List;

/** Finds the faces of a frame; {@link dev.lintel.vision.FaceReader#look} in operation. Thread-safe. */
@FunctionalInterface
public interface FaceSearch {

    /** @param detectSize longer side in pixels at which faces are searched */
    List<SeenFace> look(VideoFrame frame, int detectSize);
}
