package dev.lintel.vision;

import dev.lintel.inference.Network;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Finds faces in pictures of any size with a YuNet-form network. Thread-safe. Owns the network. */
final class FaceDetector implements AutoCloseable {
    private static final int MULTIPLE = 32;

    private final Network network;
    private final float threshold;

    FaceDetector(Network network, float threshold) {
        this.network = network;
        this.threshold = threshold;
    }

    /**
     * Looks at the picture as its orientation turns it.
     *
     * @param longerSide the picture is shown to the network at this size, never enlarged
     * @param margin border on each side, as a share of the longer side, for faces that fill the picture
     * @return faces in pixels of the upright image at full size, highest score first
     */
    List<Detection> detect(Picture picture, int longerSide, float margin) {
        Mat pixels = picture.pixels();
        int longer = Math.max(pixels.cols(), pixels.rows());
        double scale = Math.min(1, longerSide / (longer * (1.0 + 2 * margin)));
        int storedWidth = (int) Math.max(1, Math.round(pixels.cols() * scale));
        int storedHeight = (int) Math.max(1, Math.round(pixels.rows() * scale));
        boolean swapped = picture.orientation().swapsSides();
        int width = swapped ? storedHeight : storedWidth;
        int height = swapped ? storedWidth : storedHeight;
        int border = (int) Math.round(longer * scale * margin);
        int paddedWidth = roundUp(width + 2 * border);
        int paddedHeight = roundUp(height + 2 * border);
        try (Mat small = new Mat();
                Mat upright = new Mat();
                Scalar black = new Scalar(0, 0, 0, 0);
                Mat canvas = new Mat(paddedHeight, paddedWidth, opencv_core.CV_8UC3, black);
                Rect place = new Rect(border, border, width, height);
                Mat inner = new Mat(canvas, place);
                Size size = new Size(storedWidth, storedHeight)) {
            opencv_imgproc.resize(pixels, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            picture.orientation().apply(small, upright);
            opencv_imgproc.cvtColor(upright, inner, opencv_imgproc.COLOR_BGR2RGB);
            Map<String, float[]> outputs = network.run(canvas.createBuffer(), 1, paddedHeight, paddedWidth);
            Affine toImage = new Affine(1, 0, -border, 0, 1, -border)
                    .then(Affine.resampling(
                            (double) picture.uprightWidth() / width, (double) picture.uprightHeight() / height));
            return DetectionDecoder.decode(outputs, paddedWidth, paddedHeight, threshold).stream()
                    .map(face -> face.mapped(toImage))
                    .filter(face -> inside(face, picture))
                    .toList();
        }
    }

    /** A face whose centre lies in the border is an artefact of the padding. */
    private static boolean inside(Detection face, Picture picture) {
        float x = face.box().centreX();
        float y = face.box().centreY();
        return x >= 0 && y >= 0 && x < picture.uprightWidth() && y < picture.uprightHeight();
    }

    private static int roundUp(int size) {
        return (size + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }

    @Override
    public void close() {
        network.close();
    }
}
