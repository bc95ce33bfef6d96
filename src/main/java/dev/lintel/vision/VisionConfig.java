package dev.lintel.vision;

import java.nio.file.Path;

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
        Integer detectSize,
        Double scoreThreshold,
        Integer maxPixels,
        QualityConfig quality) {

    public VisionConfig {
        model = model == null ? Path.of("models/lintel-detect") : model;
        landmarks = landmarks == null ? Path.of("models/lintel-landmarks") : landmarks;
        detectSize = detectSize == null ? 640 : detectSize;
        maxPixels = maxPixels == null ? 50_000_000 : maxPixels;
        quality = quality == null ? QualityConfig.defaults() : quality;
        if (detectSize < 96 || detectSize > 2048) {
            throw new IllegalArgumentException("detect-size: must be 96..2048 pixels, was " + detectSize);
        }
        if (scoreThreshold != null && !(scoreThreshold > 0 && scoreThreshold < 1)) {
            throw new IllegalArgumentException("score-threshold: must lie between 0 and 1, was " + scoreThreshold);
        }
        if (maxPixels < 10_000 || maxPixels > 200_000_000) {
            throw new IllegalArgumentException("max-pixels: must be 10000..200000000, was " + maxPixels);
        }
    }

    public static VisionConfig defaults() {
        return new VisionConfig(null, null, null, null, null, null);
    }
}
