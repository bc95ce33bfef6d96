package dev.lintel.liveness;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Liveness;
import dev.lintel.vision.GreyImage;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is kept of one frame of a followed face to judge it together with others: about 25 KB. Made by {@link
 * FrameInspector}. Immutable, but for arrays that nobody writes to.
 *
 * @param nanos when the frame was captured, by a clock that does not jump
 * @param box in pixels of the frame
 * @param landmarks likewise
 * @param checks the per-frame checks
 * @param face grey levels of the aligned face, {@value #FACE} pixels square
 * @param eyes grey levels of the region of the eyes, {@value #EYES_WIDTH}x{@value #EYES_HEIGHT}
 * @param scene the whole frame, small
 * @param sceneScale pixels of {@code scene} for each pixel of the frame
 * @param border 0..1, how much the face looks framed by the edge of a screen or a sheet
 */
public record FrameEvidence(
        long nanos,
        FaceBox box,
        Landmarks landmarks,
        List<Liveness.Check> checks,
        byte[] face,
        byte[] eyes,
        GreyImage scene,
        double sceneScale,
        double border) {
    static final int FACE = 56;
    static final int EYES_WIDTH = 32;
    static final int EYES_HEIGHT = 12;

    public FrameEvidence {
        checks = List.copyOf(checks);
    }

    /** The network's probability of a live face, if there is a network. */
    OptionalDouble network() {
        return checks.stream()
                .filter(c -> c.name().equals(NetworkCheck.NAME))
                .mapToDouble(Liveness.Check::value)
                .findFirst();
    }

    double networkThreshold() {
        return checks.stream()
                .filter(c -> c.name().equals(NetworkCheck.NAME))
                .mapToDouble(Liveness.Check::threshold)
                .findFirst()
                .orElse(1);
    }

    /** Whether every check but the network's was passed. */
    boolean plausible() {
        return checks.stream().filter(c -> !c.name().equals(NetworkCheck.NAME)).allMatch(Liveness.Check::passed);
    }
}
