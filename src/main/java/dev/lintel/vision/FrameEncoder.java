package dev.lintel.vision;

import dev.lintel.face.EncodedImage;
import dev.lintel.inference.Natives;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Frames to JPEG, upright and no larger than asked. Thread-safe. */
public final class FrameEncoder {
    private static final int QUALITY = 80;

    private final int longerSide;

    /** @param longerSide largest in pixels */
    public FrameEncoder(int longerSide) {
        Natives.loadOpenCv();
        this.longerSide = longerSide;
    }

    public EncodedImage jpeg(VideoFrame frame) {
        try (FrameMats mats = new FrameMats(frame);
                Mat small = new Mat();
                Mat upright = new Mat();
                BytePointer bytes = new BytePointer();
                IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
            Mat part = mats.part();
            double scale = Math.min(1, (double) longerSide / Math.max(part.cols(), part.rows()));
            if (scale < 1) {
                try (Size size =
                        new Size((int) Math.round(part.cols() * scale), (int) Math.round(part.rows() * scale))) {
                    opencv_imgproc.resize(part, small, size, 0, 0, opencv_imgproc.INTER_AREA);
                }
                mats.orientation().apply(small, upright);
            } else {
                mats.orientation().apply(part, upright);
            }
            if (!opencv_imgcodecs.imencode(".jpg", upright, bytes, options)) {
                throw new IllegalStateException("the frame cannot be encoded");
            }
            byte[] jpeg = new byte[(int) bytes.limit()];
            bytes.get(jpeg);
            return new EncodedImage(jpeg);
        }
    }
}
