package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.inference.Natives;
import dev.lintel.inference.Network;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

class LandmarkRefinerTest {
    private static final float[] TEMPLATE = {
        38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f
    };

    /** Sees the template in every crop, moved right by so much of the crop's side, and a face as surely as it is told. */
    private record Seeing(float drift, float... face) implements Network {
        @Override
        public Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
            float[] points = new float[count * 10];
            float[] faces = new float[count];
            for (int i = 0; i < points.length; i++) {
                boolean x = i % 2 == 0;
                points[i] = 0.5f + (TEMPLATE[i % 10] - (x ? 55.884f : 70.153f)) / (1.4f * 101) + (x ? drift : 0);
            }
            System.arraycopy(face, 0, faces, 0, Math.min(count, face.length));
            return Map.of("points", points, "face", faces);
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldTakeTheScoreFromBothNetworks() {
        assertThat(refine(new Seeing(0, 0.9f), 0.7, face(40, 0.8f)))
                .singleElement()
                .satisfies(found -> assertThat(found.score()).isCloseTo((float) Math.sqrt(0.8 * 0.9), within(1e-5f)));
    }

    @Test
    void shouldRefuseWhatIsNoFaceAtASecondLook() {
        List<Detection> found = refine(new Seeing(0, 0.1f, 0.9f), 0.7, face(40, 0.99f), face(160, 0.6f));

        assertThat(found)
                .singleElement()
                .satisfies(left -> assertThat(left.box().centreX()).isCloseTo(160, within(2f)));
    }

    @Test
    void shouldRefuseWhatDoesNotStayWhereItWasFound() {
        assertThat(refine(new Seeing(0.2f, 1), 0, face(40, 0.99f))).isEmpty();
    }

    @Test
    void shouldPlaceLandmarksBeyondThePicturesRim() {
        List<Detection> found = refine(new Seeing(0, 1, 1), 0.7, face(5, 0.99f), face(100, 0.9f));

        try (Picture picture = picture()) {
            assertThat(found)
                    .extracting(face -> picture.shown(face.landmarks()))
                    .containsExactly(3, 5);
            assertThat(found)
                    .extracting(face -> picture.holds(face.landmarks()))
                    .containsExactly(false, true);
        }
    }

    /** A sheet of portraits: 895 of them were too many for one run, and the picture was answered with 500. */
    @Test
    void shouldLookAtNoMoreFacesThanANetworkTakes() {
        Network network = new Network() {
            private final Network seeing = new Seeing(0);

            @Override
            public Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
                assertThat(count).isLessThanOrEqualTo(256);
                return seeing.run(rgb, count, height, width);
            }

            @Override
            public void close() {}
        };
        Detection[] sheet =
                IntStream.range(0, 895).mapToObj(i -> face(40, 0.9f)).toArray(Detection[]::new);

        assertThat(refine(network, 0, sheet)).isNotEmpty();
    }

    @Test
    void shouldBelieveTheDetectorWhereAPackHasNoOpinion() {
        LandmarkRefiner refiner = new LandmarkRefiner(new Seeing(0, 0), 64, List.of("points"), 0);
        try (refiner;
                Picture picture = picture()) {
            assertThat(refiner.refine(picture, List.of(face(40, 0.6f))))
                    .singleElement()
                    .satisfies(found -> assertThat(found.score()).isEqualTo(0.6f));
        }
    }

    private static List<Detection> refine(Network network, double threshold, Detection... faces) {
        try (LandmarkRefiner refiner = new LandmarkRefiner(network, 64, List.of("points", "face"), threshold);
                Picture picture = picture()) {
            return refiner.refine(picture, List.of(faces));
        }
    }

    private static Detection face(float x, float score) {
        Point nowhere = new Point(0, 0);
        return new Detection(
                new FaceBox(x - 20, 80, 40, 40), new Landmarks(nowhere, nowhere, nowhere, nowhere, nowhere), score);
    }

    private static Picture picture() {
        Natives.loadOpenCv();
        return new Picture(
                new Mat(200, 200, opencv_core.CV_8UC3, new Scalar(90, 90, 90, 0)),
                200,
                200,
                1,
                Orientation.UPRIGHT,
                () -> {});
    }
}
