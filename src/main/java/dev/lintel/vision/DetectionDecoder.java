package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Dense outputs of a YuNet-form network to faces (W. Wu et al., YuNet, Machine Intelligence Research 2023; the
 * arithmetic as in OpenCV's FaceDetectorYN): three strides, each with class and object score, box and five
 * landmarks for each cell; then greedy non-maximum suppression.
 */
final class DetectionDecoder {
    private static final int[] STRIDES = {8, 16, 32};
    private static final float MAX_OVERLAP = 0.3f;
    private static final int MAX_CANDIDATES = 2000;
    private static final float MAX_LOG_SIZE = 8;

    private DetectionDecoder() {}

    /**
     * @param outputs by name: {@code cls_8, obj_8, bbox_8, kps_8, cls_16, …}
     * @param width of the network's input in pixels, a multiple of 32
     * @param height likewise
     * @param threshold smallest score of a face, 0..1
     * @return faces in pixels of the network's input, highest score first, none overlapping another by more than
     *     an IoU of 0.3
     */
    static List<Detection> decode(Map<String, float[]> outputs, int width, int height, float threshold) {
        List<Detection> candidates = new ArrayList<>();
        for (int stride : STRIDES) {
            collect(outputs, stride, width / stride, height / stride, threshold, candidates);
        }
        return suppress(candidates);
    }

    /** Greedy non-maximum suppression: highest score first, none overlapping another by more than an IoU of 0.3. */
    static List<Detection> suppress(List<Detection> faces) {
        List<Detection> kept = new ArrayList<>();
        faces.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .limit(MAX_CANDIDATES)
                .filter(face -> kept.stream().noneMatch(k -> k.box().overlap(face.box()) > MAX_OVERLAP))
                .forEach(kept::add);
        return kept;
    }

    private static void collect(
            Map<String, float[]> outputs, int stride, int columns, int rows, float threshold, List<Detection> into) {
        float[] cls = outputs.get("cls_" + stride);
        float[] obj = outputs.get("obj_" + stride);
        float[] boxes = outputs.get("bbox_" + stride);
        float[] points = outputs.get("kps_" + stride);
        float squared = threshold * threshold;
        for (int i = 0; i < columns * rows; i++) {
            float product = cls[i] * obj[i];
            if (product >= squared) {
                Detection face = face(boxes, points, i, i % columns, i / columns, stride, (float) Math.sqrt(product));
                if (face != null) {
                    into.add(face);
                }
            }
        }
    }

    /** Null where a damaged network answers with numbers that are no box. */
    private static Detection face(float[] boxes, float[] points, int i, int column, int row, int stride, float score) {
        float logWidth = boxes[i * 4 + 2];
        float logHeight = boxes[i * 4 + 3];
        if (!(logWidth < MAX_LOG_SIZE && logHeight < MAX_LOG_SIZE)) {
            return null;
        }
        float w = (float) Math.exp(logWidth) * stride;
        float h = (float) Math.exp(logHeight) * stride;
        float x = (column + boxes[i * 4]) * stride - w / 2;
        float y = (row + boxes[i * 4 + 1]) * stride - h / 2;
        Point[] p = new Point[5];
        for (int k = 0; k < 5; k++) {
            p[k] = new Point((points[i * 10 + 2 * k] + column) * stride, (points[i * 10 + 2 * k + 1] + row) * stride);
        }
        return new Detection(new FaceBox(x, y, w, h), new Landmarks(p[0], p[1], p[2], p[3], p[4]), Math.min(1, score));
    }
}
