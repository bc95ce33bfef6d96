package dev.lintel.liveness;

import dev.lintel.face.EncodedImage;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages.Screening;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.SeenFace;
import java.util.List;

/**
 * One image through decoding, detection, alignment, quality and every liveness check, in one go on the
 * caller's thread, because all of them need the same pixels. Thread-safe. Reader and checks are closed by whoever opened them.
 */
public final class FaceScreening {
    private final FaceReader reader;
    private final List<LivenessCheck> checks;
    private final ApplianceMetrics metrics;

    public FaceScreening(FaceReader reader, List<LivenessCheck> checks, ApplianceMetrics metrics) {
        this.reader = reader;
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
    }

    /** Refused if the image cannot be read or shows no face; a face that is not live is reported, not refused. */
    public Outcome<Screening> screen(EncodedImage image) {
        return reader.read(image)
                .map(seen -> new Screening(
                        seen.width(),
                        seen.height(),
                        seen.rotation(),
                        seen.faces().stream().map(this::judge).toList()));
    }

    private ScreenedFace judge(SeenFace face) {
        Liveness liveness = metrics.timed(
                Stage.LIVENESS,
                () -> new Liveness(
                        checks.stream().map(check -> check.check(face)).toList()));
        return new ScreenedFace(
                face.box(), face.landmarks(), face.detectionScore(), face.quality(), liveness, face.aligned());
    }
}
