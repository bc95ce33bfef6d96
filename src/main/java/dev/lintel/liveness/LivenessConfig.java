package dev.lintel.liveness;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which checks a face must pass to count as live.
 *
 * @param threads how many images are screened at once, 1..64
 * @param maxSaturation largest share of blown-out pixels on the face, 0..1; 1 switches the check off
 * @param minSharpness smallest variance of the Laplacian on the aligned face; 0 switches the check off
 * @param model directory of a liveness model pack, or {@code none}; default {@code models/lintel-live}
 * @param modelThreshold smallest probability of a live face, 0..1; absent for the pack's own
 * @param modelOnImages whether the network also judges single images that are sent over HTTP. Default false: portraits,
 *     scans and retouched photos look like recaptured ones, and one image proves little; a camera's frames it always judges
 * @param sequence what a face that is followed over frames must show
 */
public record LivenessConfig(
        Integer threads,
        Double maxSaturation,
        Double minSharpness,
        Path model,
        Double modelThreshold,
        Boolean modelOnImages,
        SequenceConfig sequence) {
    /** What {@code none} becomes: absolute, so that it stays the same when paths are resolved. */
    private static final Path NONE = Path.of("/none");

    public LivenessConfig {
        threads = threads == null ? Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())) : threads;
        maxSaturation = maxSaturation == null ? 0.08 : maxSaturation;
        minSharpness = minSharpness == null ? 5 : minSharpness;
        model = model == null ? Path.of("models/lintel-live") : model.equals(Path.of("none")) ? NONE : model;
        modelOnImages = modelOnImages != null && modelOnImages;
        sequence = sequence == null ? SequenceConfig.defaults() : sequence;
        check(threads >= 1 && threads <= 64, "threads: must be 1..64, was " + threads);
        check(maxSaturation >= 0 && maxSaturation <= 1, "max-saturation: must be 0..1, was " + maxSaturation);
        check(minSharpness >= 0, "min-sharpness: must not be negative, was " + minSharpness);
        check(
                modelThreshold == null || (modelThreshold >= 0 && modelThreshold <= 1),
                "model-threshold: must be 0..1, was " + modelThreshold);
    }

    public static LivenessConfig defaults() {
        return new LivenessConfig(null, null, null, null, null, null, null);
    }

    /** The pack to load; empty if the checks without a network are to do. */
    public Optional<Path> network() {
        return model.equals(NONE) ? Optional.empty() : Optional.of(model);
    }

    /** With another network and its own threshold, to compare it. */
    public LivenessConfig withModel(Path pack) {
        return new LivenessConfig(threads, maxSaturation, minSharpness, pack, null, modelOnImages, sequence);
    }

    /** With the checks that need no network only. */
    public LivenessConfig withoutModel() {
        return withModel(NONE);
    }

    /** With a network that also judges single images, to measure it. */
    public LivenessConfig withModelOnImages() {
        return new LivenessConfig(threads, maxSaturation, minSharpness, model, modelThreshold, true, sequence);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
