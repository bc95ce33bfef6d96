package dev.lintel.recognition;

import java.util.OptionalDouble;

/**
 * How to compare 1:1.
 *
 * @param tau largest distance that matches; empty for the configured target
 * @param face {@link FaceChoice#ONE} or {@link FaceChoice#LARGEST}
 * @param liveness which faces must look live; a printed photo does not
 */
public record VerifyOptions(OptionalDouble tau, FaceChoice face, LivenessUse liveness) {
    public VerifyOptions {
        if (face == FaceChoice.ALL) {
            throw new IllegalArgumentException("one face is compared with one");
        }
    }

    public static VerifyOptions defaults() {
        return new VerifyOptions(OptionalDouble.empty(), FaceChoice.ONE, LivenessUse.REQUIRED);
    }
}
