package dev.lintel.vision;

import dev.lintel.settings.Checks;

/**
 * What a face needs to be good enough to enrol.
 *
 * @param minFaceSize shorter side of the face box, pixels of the original image
 * @param maxYaw largest turn of the head to either side, degrees, by the five landmarks
 * @param maxPitch largest nod up or down, degrees, by the five landmarks
 * @param maxRoll largest tilt, degrees
 * @param minSharpness four times the smaller variance of the second differences along rows and columns of the aligned face,
 *     grey levels squared
 * @param minBrightness mean grey level inside the aligned face, 0..255
 * @param maxBrightness likewise
 * @param minContrast standard deviation of the grey level inside the aligned face
 * @param minIntact how much of a damaged or cut-off JPEG must be there, 0..1
 */
public record QualityConfig(
        int minFaceSize,
        double maxYaw,
        double maxPitch,
        double maxRoll,
        double minSharpness,
        double minBrightness,
        double maxBrightness,
        double minContrast,
        double minIntact) {

    public QualityConfig {
        new Checks()
                .range("min-face-size", minFaceSize, 16, 2000)
                .that(maxYaw > 0 && maxYaw <= 90, "max-yaw: must be 0..90 degrees, was " + maxYaw)
                .that(maxPitch > 0 && maxPitch <= 90, "max-pitch: must be 0..90 degrees, was " + maxPitch)
                .that(maxRoll > 0 && maxRoll <= 180, "max-roll: must be 0..180 degrees, was " + maxRoll)
                .that(minSharpness >= 0, "min-sharpness: must not be negative, was " + minSharpness)
                .that(
                        minBrightness >= 0 && minBrightness < maxBrightness && maxBrightness <= 255,
                        "min-brightness, max-brightness: must lie in 0..255, the first below the second, were "
                                + minBrightness + " and " + maxBrightness)
                .that(minContrast >= 0 && minContrast < 128, "min-contrast: must be 0..127, was " + minContrast)
                .range("min-intact", minIntact, 0, 1)
                .done();
    }
}
