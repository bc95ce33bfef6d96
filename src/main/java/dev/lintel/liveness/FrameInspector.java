package dev.lintel.liveness;

import dev.lintel.face.FaceCrop;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.util.List;

/**
 * Looks at one face of one frame: the per-frame checks, and what is needed to compare frames. Takes milliseconds (a
 * network more), so it belongs on a worker. Thread-safe. Its checks are closed by whoever opened them.
 */
public final class FrameInspector {
    /** The eyes on the 112-pixel template lie around (38, 52) and (74, 52). */
    private static final int EYES_LEFT = 24;

    private static final int EYES_TOP = 40;
    private static final int STEP = 2;

    private final List<LivenessCheck> checks;
    private final ApplianceMetrics metrics;

    public FrameInspector(List<LivenessCheck> checks, ApplianceMetrics metrics) {
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
    }

    /**
     * @param scene the whole frame, small
     * @param frameWidth of the frame in pixels
     */
    public FrameEvidence inspect(SeenFace face, GreyImage scene, int frameWidth, long nanos) {
        return metrics.timed(Stage.LIVENESS, () -> {
            byte[] grey = Grey.of(face.aligned());
            double scale = (double) scene.width() / frameWidth;
            return new FrameEvidence(
                    nanos,
                    face.box(),
                    face.landmarks(),
                    checks.stream().map(check -> check.check(face)).toList(),
                    shrunk(grey, 0, 0, FrameEvidence.FACE, FrameEvidence.FACE),
                    shrunk(grey, EYES_LEFT, EYES_TOP, FrameEvidence.EYES_WIDTH, FrameEvidence.EYES_HEIGHT),
                    scene,
                    scale,
                    BorderFinder.strength(scene, face.box(), scale));
        });
    }

    /** Every two pixels by two become one. */
    private static byte[] shrunk(byte[] grey, int left, int top, int width, int height) {
        byte[] out = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = (top + STEP * y) * FaceCrop.ALIGNED + left + STEP * x;
                int sum = (grey[i] & 0xff)
                        + (grey[i + 1] & 0xff)
                        + (grey[i + FaceCrop.ALIGNED] & 0xff)
                        + (grey[i + FaceCrop.ALIGNED + 1] & 0xff);
                out[y * width + x] = (byte) (sum / (STEP * STEP));
            }
        }
        return out;
    }
}
