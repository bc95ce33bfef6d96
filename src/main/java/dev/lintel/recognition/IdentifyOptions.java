package dev.lintel.recognition;

import java.util.OptionalDouble;

/**
 * How to search.
 *
 * @param tau largest distance that matches; empty for the configured target
 * @param top how many candidates to name, at least 1
 */
public record IdentifyOptions(OptionalDouble tau, int top, FaceChoice faces) {
    public static IdentifyOptions defaults() {
        return new IdentifyOptions(OptionalDouble.empty(), 5, FaceChoice.LARGEST);
    }
}
