package dev.lintel.liveness;

import dev.lintel.settings.Checks;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which checks a face must pass to count as live.
 *
 * @param threads how many images are screened at once, 1..64
 * @param maxSaturation largest share of blown-out pixels on the face, 0..1; 1 switches the check off
 * @param minSharpness smallest variance of the Laplacian on the aligned face; 0 switches the check off
 * @param model directory of a liveness model pack, or {@code none}
 * @param modelThreshold smallest probability of a live face, 0..1; absent for the pack's own
 * @param modelOnImages whether the network also judges single images that are sent over HTTP: portraits,
 *     scans and retouched photos look like recaptured ones, and one image proves little; a camera's frames it always judges
 * @param sequence what a face that is followed over frames must show
 */
public record LivenessConfig(
        int threads,
        double maxSaturation,
        double minSharpness,
        Path model,
        Optional<Double> modelThreshold,
        boolean modelOnImages,
        SequenceConfig sequence) {
    /** What {@code none} becomes: absolute, so that it stays the same when paths are resolved. */
    private static final Path NONE = Path.of("/none");

    public LivenessConfig {
        model = model.equals(Path.of("none")) ? NONE : model;
        Checks checks = new Checks()
                .range("threads", threads, 1, 64)
                .range("max-saturation", maxSaturation, 0, 1)
                .that(minSharpness >= 0, "min-sharpness: must not be negative, was " + minSharpness);
        modelThreshold.ifPresent(value -> checks.range("model-threshold", value, 0, 1));
        checks.done();
    }

    /** The pack to load; empty if the checks without a network are to do. */
    public Optional<Path> network() {
        return model.equals(NONE) ? Optional.empty() : Optional.of(model);
    }

    /** With another network and its own threshold, to compare it. */
    public LivenessConfig withModel(Path pack) {
        return new LivenessConfig(
                threads, maxSaturation, minSharpness, pack, Optional.empty(), modelOnImages, sequence);
    }

    /** With the checks that need no network only. */
    public LivenessConfig withoutModel() {
        return withModel(NONE);
    }

    /** With a network that also judges single images, to measure it. */
    public LivenessConfig withModelOnImages() {
        return new LivenessConfig(threads, maxSaturation, minSharpness, model, modelThreshold, true, sequence);
    }
}
