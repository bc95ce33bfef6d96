package dev.lintel.evaluation;

import dev.lintel.face.Refusal;
import dev.lintel.recognition.RecognitionConfig;
import java.util.Optional;

/**
 * Whether the appliance would have used a face. Open, it turns away only images without a face, so that the
 * networks are measured; strict, it refuses what the appliance refuses, so that the whole box is.
 *
 * @param strict whether quality and liveness count
 */
record Gate(boolean strict, RecognitionConfig config) {

    /** Why a photo would not be enrolled. */
    Optional<Refusal.Code> refusesToEnrol(Sample sample) {
        return refuses(sample, sample.face().map(f -> !f.quality().acceptable()).orElse(true));
    }

    /** Why a photo would not be searched for or compared. */
    Optional<Refusal.Code> refusesToCompare(Sample sample) {
        return refuses(
                sample,
                sample.face()
                        .map(f -> f.quality().score() < config.minimumQuality())
                        .orElse(true));
    }

    private Optional<Refusal.Code> refuses(Sample sample, boolean lowQuality) {
        if (sample.face().isEmpty()) {
            return Optional.of(sample.refused().orElse(Refusal.Code.NO_FACE));
        }
        if (!strict) {
            return Optional.empty();
        }
        if (lowQuality) {
            return Optional.of(Refusal.Code.LOW_QUALITY);
        }
        return sample.face().get().liveness().live() ? Optional.empty() : Optional.of(Refusal.Code.SPOOF_SUSPECTED);
    }
}
