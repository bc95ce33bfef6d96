package dev.lintel.vision;

import dev.lintel.inference.Natives;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Frames small, upright and grey, into one array that is used again and again. Confined to one thread; owns a little
 * native memory.
 */
public final class GreyScaler implements AutoCloseable {
    /** Difference of the channels, in levels, up to which it is compression's or the sensor's doing. */
    private static final int TINT = 12;

    /** Share of pixels that may differ by more all the same, such as a clock that the camera writes into its picture. */
    private static final double MOST_COLOURED = 0.005;

    private final int longerSide;
    private final Mat small;
    private final Mat upright;
    private final Mat grey;
    private byte[] bgr = {};
    private boolean colourless;
    private byte[] pixels = new byte[0];
    private int width;
    private int height;

    /** @param longerSide of the result in pixels; frames are never enlarged */
    public GreyScaler(int longerSide) {
        Natives.loadOpenCv();
        this.longerSide = longerSide;
        this.small = new Mat();
        this.upright = new Mat();
        this.grey = new Mat();
    }

    /** Answers the array that holds the picture until the next call; {@link #width} by {@link #height} bytes. */
    public byte[] scale(VideoFrame frame) {
        try (FrameMats mats = new FrameMats(frame)) {
            Mat part = mats.part();
            double scale = Math.min(1, (double) longerSide / Math.max(part.cols(), part.rows()));
            int w = (int) Math.max(1, Math.round(part.cols() * scale));
            int h = (int) Math.max(1, Math.round(part.rows() * scale));
            try (Size size = new Size(w, h)) {
                opencv_imgproc.resize(part, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            }
            mats.orientation().apply(small, upright);
            opencv_imgproc.cvtColor(upright, grey, opencv_imgproc.COLOR_BGR2GRAY);
        }
        colourless = colourless();
        width = grey.cols();
        height = grey.rows();
        if (pixels.length != width * height) {
            pixels = new byte[width * height];
        }
        grey.data().get(pixels);
        return pixels;
    }

    /** Hardly a pixel differs between its channels; a grey wall under a camera for colours has a tint somewhere. */
    private boolean colourless() {
        int bytes = upright.rows() * upright.cols() * 3;
        if (bgr.length != bytes) {
            bgr = new byte[bytes];
        }
        upright.data().get(bgr);
        int coloured = 0;
        for (int i = 0; i < bytes; i += 3) {
            int b = bgr[i] & 0xff;
            int g = bgr[i + 1] & 0xff;
            int r = bgr[i + 2] & 0xff;
            coloured += Math.max(b, Math.max(g, r)) - Math.min(b, Math.min(g, r)) > TINT ? 1 : 0;
        }
        return coloured <= MOST_COLOURED * bytes / 3;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Whether the last picture had no colour. */
    public boolean colourlessLast() {
        return colourless;
    }

    /** The last picture, to keep. */
    public GreyImage image() {
        return new GreyImage(width, height, pixels.clone(), colourless);
    }

    @Override
    public void close() {
        small.close();
        upright.close();
        grey.close();
    }
}
