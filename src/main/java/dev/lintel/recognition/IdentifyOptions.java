package dev.lintel.recognition;

import java.util.OptionalDouble;

/**
 * How to search.
 *
 * @param tau largest distance that matches; empty for the configured target
 * @param top how many candidates to name, at least 1
 * @param mustBeLive whether a face that does not look live is refused
 */
public record IdentifyOptions(OptionalDouble tau, int top, FaceChoice faces, boolean mustBeLive) {
    public static IdentifyOptions defaults() {
        return new IdentifyOptions(OptionalDouble.empty(), 5, FaceChoice.LARGEST, true);
    }
}
