package dev.lintel.evaluation;

import dev.lintel.face.Embedding;
import dev.lintel.face.Liveness;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the appliance made of one image.
 *
 * @param face absent if the image was refused or shows no face
 * @param refused why there is no face
 */
public record Sample(Path file, Optional<Face> face, Optional<Refusal.Code> refused, Timing timing) {

    /** The face that was chosen among those in the image. */
    public record Face(Embedding embedding, Quality quality, Liveness liveness) {}

    /**
     * Milliseconds.
     *
     * @param read decoding, detection, alignment and quality
     * @param liveness all checks of the chosen face
     * @param embed one face as a batch of one
     */
    public record Timing(double read, double liveness, double embed) {
        double total() {
            return read + liveness + embed;
        }
    }
}
