package dev.lintel.vision;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** A frame as OpenCV sees it, without copying a pixel. Confined to one thread; close it before the frame is reused. */
final class FrameMats implements AutoCloseable {
    private final VideoFrame frame;
    private final BytePointer pointer;
    private final Mat whole;
    private final Mat part;
    private final Orientation orientation;

    FrameMats(VideoFrame frame) {
        this.frame = frame;
        pointer = new BytePointer(frame.bgr().duplicate().clear());
        whole = new Mat(frame.height(), frame.width(), opencv_core.CV_8UC3, pointer, frame.stride());
        FrameView.Part cut = frame.view().part(frame.width(), frame.height());
        try (Rect rect = new Rect(cut.x(), cut.y(), cut.width(), cut.height())) {
            part = new Mat(whole, rect);
        }
        orientation = frame.view().orientation();
    }

    /** The part that is looked at, as stored. */
    Mat part() {
        return part;
    }

    Orientation orientation() {
        return orientation;
    }

    /** The part as a picture; it need not be closed. */
    Picture picture() {
        return new Picture(part, part.cols(), part.rows(), 1, orientation, () -> {});
    }

    @Override
    public void close() {
        part.close();
        whole.close();
        pointer.close();
        java.lang.ref.Reference.reachabilityFence(frame);
    }
}
