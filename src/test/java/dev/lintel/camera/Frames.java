package dev.lintel.camera;

import dev.lintel.vision.FrameView;
import dev.lintel.vision.VideoFrame;
import java.nio.ByteBuffer;

/** Frames of one colour. */
final class Frames {
    private Frames() {}

    static VideoFrame grey(int level) {
        return grey(level, 64, 48);
    }

    static VideoFrame grey(int level, int width, int height) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(width * height * 3);
        while (pixels.hasRemaining()) {
            pixels.put((byte) level);
        }
        return new VideoFrame(pixels.clear(), width, height, 3 * width, FrameView.PLAIN);
    }
}
