package dev.lintel.vision;

import dev.lintel.inference.Network;
import java.util.ArrayList;
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

    /** Longest side of a tile, as the network sees it. */
    private static final int TILE = 640;

    /** By how much tiles lie over each other, as the network sees them. */
    private static final int OVERLAP = 128;

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
        return detect(picture, longerSide, margin, Integer.MAX_VALUE);
    }

    /**
     * Looks at the picture in tiles that lie over each other's edges: memory then does not grow with the picture, which the network takes 180
     * bytes a pixel for. For small faces; one that is larger than {@value #OVERLAP} pixels at this size may lie whole in no tile.
     *
     * @param longerSide at which the picture is shown to the network, never enlarged
     * @return faces in pixels of the upright image at full size, highest score first
     */
    List<Detection> detectSmall(Picture picture, int longerSide) {
        return detect(picture, longerSide, 0, TILE);
    }

    private List<Detection> detect(Picture picture, int longerSide, float margin, int tile) {
        Mat pixels = picture.pixels();
        int longer = Math.max(pixels.cols(), pixels.rows());
        double scale = Math.min(1, longerSide / (longer * (1.0 + 2 * margin)));
        int storedWidth = (int) Math.max(1, Math.round(pixels.cols() * scale));
        int storedHeight = (int) Math.max(1, Math.round(pixels.rows() * scale));
        boolean swapped = picture.orientation().swapsSides();
        int width = swapped ? storedHeight : storedWidth;
        int height = swapped ? storedWidth : storedHeight;
        int border = (int) Math.round(longer * scale * margin);
        Affine toImage =
                Affine.resampling((double) picture.uprightWidth() / width, (double) picture.uprightHeight() / height);
        List<Detection> found = new ArrayList<>();
        try (Mat small = new Mat();
                Mat turned = new Mat();
                Size size = new Size(storedWidth, storedHeight)) {
            opencv_imgproc.resize(pixels, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            Mat upright = small;
            if (!picture.orientation().equals(Orientation.UPRIGHT)) {
                picture.orientation().apply(small, turned);
                upright = turned;
            }
            for (Span rows : Span.over(height, tile)) {
                for (Span columns : Span.over(width, tile)) {
                    look(upright, columns, rows, border).stream()
                            .map(face -> face.mapped(toImage))
                            .filter(face -> inside(face, picture))
                            .forEach(found::add);
                }
            }
        }
        return DetectionDecoder.suppress(found);
    }

    /** Faces of a part of the picture, in pixels of the whole. */
    private List<Detection> look(Mat upright, Span columns, Span rows, int border) {
        int width = roundUp(columns.length + 2 * border);
        int height = roundUp(rows.length + 2 * border);
        try (Rect part = new Rect(columns.from, rows.from, columns.length, rows.length);
                Mat seen = new Mat(upright, part);
                Scalar black = new Scalar(0, 0, 0, 0);
                Mat canvas = new Mat(height, width, opencv_core.CV_8UC3, black);
                Rect place = new Rect(border, border, columns.length, rows.length);
                Mat inner = new Mat(canvas, place)) {
            opencv_imgproc.cvtColor(seen, inner, opencv_imgproc.COLOR_BGR2RGB);
            Map<String, float[]> outputs = network.run(canvas.createBuffer(), 1, height, width);
            Affine toWhole = new Affine(1, 0, columns.from - border, 0, 1, rows.from - border);
            return DetectionDecoder.decode(outputs, width, height, threshold).stream()
                    .map(face -> face.mapped(toWhole))
                    .toList();
        }
    }

    /** Part of a side, in pixels. */
    private record Span(int from, int length) {

        /** Parts of one length that cover the side, each at most so long and {@value #OVERLAP} pixels over the next or more. */
        static List<Span> over(int side, int longest) {
            if (side <= longest) {
                return List.of(new Span(0, side));
            }
            int count = (int) Math.ceil((side - OVERLAP) / (double) (longest - OVERLAP));
            int length = (int) Math.ceil((side + (count - 1) * OVERLAP) / (double) count);
            List<Span> spans = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                spans.add(new Span((int) ((long) i * (side - length) / (count - 1)), length));
            }
            return spans;
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
