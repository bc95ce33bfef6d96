package dev.lintel.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.face.FaceBox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionDecoderTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    private static Map<String, float[]> silence() {
        Map<String, float[]> outputs = new HashMap<>();
        for (int stride : new int[] {8, 16, 32}) {
            int cells = WIDTH / stride * (HEIGHT / stride);
            outputs.put("cls_" + stride, new float[cells]);
            outputs.put("obj_" + stride, new float[cells]);
            outputs.put("bbox_" + stride, new float[cells * 4]);
            outputs.put("kps_" + stride, new float[cells * 10]);
        }
        return outputs;
    }

    private static void say(
            Map<String, float[]> outputs, int stride, int column, int row, float cls, float obj, float... box) {
        int cell = row * (WIDTH / stride) + column;
        outputs.get("cls_" + stride)[cell] = cls;
        outputs.get("obj_" + stride)[cell] = obj;
        System.arraycopy(box, 0, outputs.get("bbox_" + stride), cell * 4, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void shouldPlaceACellsFace(int stride) {
        Map<String, float[]> outputs = silence();
        say(outputs, stride, 2, 1, 0.81f, 0.64f, 0.5f, -0.25f, (float) Math.log(2), (float) Math.log(3));
        int cell = WIDTH / stride + 2;
        for (int k = 0; k < 10; k++) {
            outputs.get("kps_" + stride)[cell * 10 + k] = k / 10f;
        }

        List<Detection> faces = DetectionDecoder.decode(outputs, WIDTH, HEIGHT, 0.5f);

        assertThat(faces).hasSize(1);
        Detection face = faces.get(0);
        assertThat(face.score()).isCloseTo(0.72f, within(1e-5f));
        assertThat(face.box().centreX()).isCloseTo(2.5f * stride, within(1e-3f));
        assertThat(face.box().centreY()).isCloseTo(0.75f * stride, within(1e-3f));
        assertThat(face.box().width()).isCloseTo(2f * stride, within(1e-3f));
        assertThat(face.box().height()).isCloseTo(3f * stride, within(1e-3f));
        assertThat(face.landmarks().leftEye().x()).isCloseTo(2f * stride, within(1e-3f));
        assertThat(face.landmarks().mouthRight().x()).isCloseTo(2.8f * stride, within(1e-3f));
        assertThat(face.landmarks().mouthRight().y()).isCloseTo(1.9f * stride, within(1e-3f));
    }

    @Test
    void shouldFollowTheThreshold() {
        Map<String, float[]> outputs = silence();
        say(outputs, 8, 3, 3, 0.7f, 0.7f, 0, 0, 1, 1);

        assertThat(DetectionDecoder.decode(outputs, WIDTH, HEIGHT, 0.69f)).hasSize(1);
        assertThat(DetectionDecoder.decode(outputs, WIDTH, HEIGHT, 0.71f)).isEmpty();
    }

    @Test
    void shouldKeepTheBestOfOverlappingFacesAcrossStrides() {
        Map<String, float[]> outputs = silence();
        say(outputs, 8, 4, 4, 0.8f, 0.8f, 0, 0, (float) Math.log(4), (float) Math.log(4));
        say(outputs, 16, 2, 2, 0.9f, 0.9f, 0, 0, (float) Math.log(2), (float) Math.log(2));

        List<Detection> faces = DetectionDecoder.decode(outputs, WIDTH, HEIGHT, 0.5f);

        assertThat(faces).hasSize(1);
        assertThat(faces.get(0).score()).isCloseTo(0.9f, within(1e-5f));
    }

    @Test
    void shouldSurviveNumbersThatAreNoBox() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
            Map<String, float[]> outputs = silence();
            say(outputs, 8, 3, 3, 0.9f, 0.9f, 0, 0, bad, 1);
            say(outputs, 8, 6, 3, bad, 0.9f, 0, 0, 1, 1);

            for (Detection face : DetectionDecoder.decode(outputs, WIDTH, HEIGHT, 0.5f)) {
                assertThat(face.score()).isBetween(0f, 1f);
                assertThat(face.box().area()).isFinite();
            }
        }
    }

    /** Whatever the network says: nothing kept overlaps, and nothing is lost without a better one beside it. */
    @Test
    void shouldSuppressExactlyTheOverlapped() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            Map<String, float[]> outputs = silence();
            outputs.values().forEach(values -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextFloat();
                }
            });

            List<Detection> kept = DetectionDecoder.decode(outputs, WIDTH, HEIGHT, 0.5f);

            for (int i = 0; i < kept.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(kept.get(i).box().overlap(kept.get(j).box())).isLessThanOrEqualTo(0.3f);
                    assertThat(kept.get(i).score())
                            .isLessThanOrEqualTo(kept.get(j).score());
                }
            }
            for (int i = 0; i < outputs.get("cls_8").length; i++) {
                float score = (float) Math.sqrt(outputs.get("cls_8")[i] * outputs.get("obj_8")[i]);
                if (score >= 0.5f) {
                    FaceBox box = boxOfStride8(outputs, i);
                    assertThat(kept).anyMatch(k -> k.box().overlap(box) > 0.3f && k.score() >= score - 1e-5f);
                }
            }
        }
    }

    private static FaceBox boxOfStride8(Map<String, float[]> outputs, int cell) {
        float[] b = outputs.get("bbox_8");
        float w = (float) Math.exp(b[cell * 4 + 2]) * 8;
        float h = (float) Math.exp(b[cell * 4 + 3]) * 8;
        float x = (cell % (WIDTH / 8) + b[cell * 4]) * 8;
        int row = cell / (WIDTH / 8);
        float y = (row + b[cell * 4 + 1]) * 8;
        return new FaceBox(x - w / 2, y - h / 2, w, h);
    }
}
