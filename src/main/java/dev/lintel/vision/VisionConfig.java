package dev.lintel.vision;

import dev.lintel.settings.Checks;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How images are read and faces found.
 *
 * @param model directory of the detection model pack
 * @param landmarks directory of the landmark model pack
 * @param detectSize longer side in pixels at which the detector sees an image, 96..2048
 * @param scoreThreshold smallest detection score, 0..1; absent for the pack's own
 * @param maxPixels largest image, by its header
 * @param quality what a face needs to be enrolled
 */
public record VisionConfig(
        Path model,
        Path landmarks,
        int detectSize,
        Optional<Double> scoreThreshold,
        int maxPixels,
        QualityConfig quality) {

    public VisionConfig {
        Checks checks = new Checks()
                .range("detect-size", detectSize, 96, 2048)
                .range("max-pixels", maxPixels, 10_000, 200_000_000);
        scoreThreshold.ifPresent(value ->
                checks.that(value > 0 && value < 1, "score-threshold: must lie between 0 and 1, was " + value));
        checks.done();
    }

    /** With another detector and its own threshold, to compare it. */
    public VisionConfig withModel(Path pack) {
        return new VisionConfig(pack, landmarks, detectSize, Optional.empty(), maxPixels, quality);
    }
}
