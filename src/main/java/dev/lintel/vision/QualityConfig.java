package dev.lintel.vision;

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
 */
public record QualityConfig(
        Integer minFaceSize,
        Double maxYaw,
        Double maxPitch,
        Double maxRoll,
        Double minSharpness,
        Double minBrightness,
        Double maxBrightness,
        Double minContrast) {

    public QualityConfig {
        minFaceSize = minFaceSize == null ? 48 : minFaceSize;
        maxYaw = maxYaw == null ? 45 : maxYaw;
        maxPitch = maxPitch == null ? 40 : maxPitch;
        maxRoll = maxRoll == null ? 45 : maxRoll;
        minSharpness = minSharpness == null ? 20 : minSharpness;
        minBrightness = minBrightness == null ? 30 : minBrightness;
        maxBrightness = maxBrightness == null ? 235 : maxBrightness;
        minContrast = minContrast == null ? 15 : minContrast;
        check(minFaceSize >= 16 && minFaceSize <= 2000, "min-face-size: must be 16..2000 pixels, was " + minFaceSize);
        check(maxYaw > 0 && maxYaw <= 90, "max-yaw: must be 0..90 degrees, was " + maxYaw);
        check(maxPitch > 0 && maxPitch <= 90, "max-pitch: must be 0..90 degrees, was " + maxPitch);
        check(maxRoll > 0 && maxRoll <= 180, "max-roll: must be 0..180 degrees, was " + maxRoll);
        check(minSharpness >= 0, "min-sharpness: must not be negative, was " + minSharpness);
        check(
                minBrightness >= 0 && minBrightness < maxBrightness && maxBrightness <= 255,
                "min-brightness, max-brightness: must lie in 0..255, the first below the second");
        check(minContrast >= 0 && minContrast < 128, "min-contrast: must be 0..127, was " + minContrast);
    }

    public static QualityConfig defaults() {
        return new QualityConfig(null, null, null, null, null, null, null, null);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
