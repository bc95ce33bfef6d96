package dev.lintel.vision;

import java.nio.ByteBuffer;

/**
 * Pixels of one frame as they were captured, and how to look at them. The buffer is the owner's to reuse: whoever gets
 * a frame reads it before returning and keeps nothing of it.
 *
 * @param bgr a direct buffer, 8-bit blue, green, red, rows top down from position 0
 * @param width in pixels, as stored
 * @param height likewise
 * @param stride bytes from one row to the next, at least three times the width
 * @param view turn, mirror and part that is looked at
 */
public record VideoFrame(ByteBuffer bgr, int width, int height, int stride, FrameView view) {
    public VideoFrame {
        if (!bgr.isDirect()
                || width < 1
                || height < 1
                || stride < 3 * width
                || bgr.capacity() < (height - 1) * stride + 3 * width) {
            throw new IllegalArgumentException("a frame of " + width + "x" + height + " with rows of " + stride
                    + " bytes does not fit a buffer of " + bgr.capacity());
        }
    }

    /** A copy without colour, as an infra-red camera would give it: luma in every channel, BT.601. */
    public VideoFrame grey() {
        ByteBuffer luma = ByteBuffer.allocateDirect((height - 1) * stride + 3 * width);
        for (int y = 0; y < height; y++) {
            for (int x = 0, i = y * stride; x < width; x++, i += 3) {
                int sum = 29 * (bgr.get(i) & 0xff) + 150 * (bgr.get(i + 1) & 0xff) + 77 * (bgr.get(i + 2) & 0xff);
                byte level = (byte) (sum + 128 >> 8);
                luma.put(i, level).put(i + 1, level).put(i + 2, level);
            }
        }
        return new VideoFrame(luma, width, height, stride, view);
    }

    /** Width in pixels of what is looked at. */
    public int seenWidth() {
        FrameView.Part part = view.part(width, height);
        return view.swapsSides() ? part.height() : part.width();
    }

    /** Height in pixels of what is looked at. */
    public int seenHeight() {
        FrameView.Part part = view.part(width, height);
        return view.swapsSides() ? part.width() : part.height();
    }
}
