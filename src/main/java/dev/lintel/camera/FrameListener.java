package dev.lintel.camera;

import dev.lintel.tracking.FrameFaces;

/** Who wants to know which faces a camera sees. */
@FunctionalInterface
public interface FrameListener {

    /**
     * One frame that was searched for faces. Called on the camera's own thread, one frame after another; while it runs
     * the camera looks at nothing, so it should only hand the frame on.
     */
    void seen(FrameFaces frame);
}
