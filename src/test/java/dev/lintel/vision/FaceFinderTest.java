package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.inference.Natives;
import dev.lintel.inference.Network;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceFinderTest {
    /** Sees a "face" wherever the picture is bright: surely if its upper half is, unsurely if another one is. */
    private record BrightTop(float otherwise) implements Network {
        @Override
        public Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
            long top = 0;
            long all = 0;
            for (int i = 0; i < height * width; i++) {
                int v = rgb.get(i * 3) & 0xff;
                all += v;
                top += i < height * width / 2 ? v : 0;
            }
            Map<String, float[]> outputs = new HashMap<>();
            for (int stride : new int[] {8, 16, 32}) {
                int cells = width / stride * (height / stride);
                outputs.put("cls_" + stride, new float[cells]);
                outputs.put("obj_" + stride, new float[cells]);
                outputs.put("bbox_" + stride, new float[cells * 4]);
                outputs.put("kps_" + stride, new float[cells * 10]);
            }
            int middle = height / 64 * (width / 32) + width / 64;
            float score = top > 0.9 * all ? 0.95f : otherwise;
            outputs.get("cls_32")[middle] = score;
            outputs.get("obj_32")[middle] = score;
            outputs.get("kps_32")[middle * 10 + 2] = 1; // the right eye beside the left one: no tilt
            return outputs;
        }

        @Override
        public void close() {}
    }

    /** Sees the template in every crop, which stands as the detector boxed it. */
    private record TemplateEverywhere() implements Network {
        private static final float[] TEMPLATE = {
            38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f
        };

        @Override
        public Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
            float[] points = new float[count * 10];
            for (int i = 0; i < points.length; i++) {
                points[i] = 0.5f + (TEMPLATE[i % 10] - (i % 2 == 0 ? 55.884f : 70.153f)) / (1.4f * 101);
            }
            return Map.of("points", points);
        }

        @Override
        public void close() {}
    }

    /** A picture whose bright half is at the top once it is turned clockwise by {@code turn}. */
    private static Picture picture(int turn) {
        Natives.loadOpenCv();
        Mat pixels = new Mat(128, 128, opencv_core.CV_8UC3, new Scalar(0, 0, 0, 0));
        Rect bright = switch (turn) {
            case 90 -> new Rect(0, 0, 64, 128);
            case 180 -> new Rect(0, 64, 128, 64);
            case 270 -> new Rect(64, 0, 64, 128);
            default -> new Rect(0, 0, 128, 64);
        };
        try (Mat half = new Mat(pixels, bright);
                Mat white = new Mat(half.rows(), half.cols(), opencv_core.CV_8UC3, new Scalar(255, 255, 255, 0))) {
            white.copyTo(half);
        }
        return new Picture(pixels, 128, 128, 1, Orientation.UPRIGHT, () -> {});
    }

    private static int turn(float otherwise, double sure, int turn) {
        FaceDetector detector = new FaceDetector(new BrightTop(otherwise), 0.5f);
        LandmarkRefiner refiner = new LandmarkRefiner(new TemplateEverywhere(), 96, List.of("points"), 0);
        try (FaceFinder finder = new FaceFinder(detector, refiner, 640, sure, 0);
                Picture picture = picture(turn)) {
            return finder.find(picture).turn();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void shouldTurnAPictureWithoutUprightFaces(int turn) {
        assertThat(turn(0, 0, turn)).isEqualTo(turn);
    }

    @ParameterizedTest
    @CsvSource({"0.7, 0.9, 90, 90", "0.7, 0.9, 180, 180", "0.94, 0.99, 270, 0", "0.7, 0, 90, 0", "0.7, 0.6, 90, 0"})
    void shouldTurnAPictureOfUnsureFacesIfThatIsClearlyBetter(float otherwise, double sure, int lies, int expected) {
        assertThat(turn(otherwise, sure, lies)).isEqualTo(expected);
    }
}
