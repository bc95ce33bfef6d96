package dev.lintel.recognition;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import java.util.List;
import java.util.Optional;

/**
 * What became of the images of one enrolment.
 *
 * @param total templates of this person now; 0 if nothing was stored for a new person
 * @param images one for each image that was sent, in order
 */
public record EnrolmentReport(Label label, int total, List<Image> images) {

    /**
     * What became of one image.
     *
     * @param facts empty if it could not be read or shows no face
     * @param face the one that was chosen
     * @param facesFound in it; of several the largest whole one was chosen
     * @param templateId of the stored template; empty if it was not stored
     * @param duplicateOf somebody else who has this face
     * @param refusal why it was not stored; empty if it was
     */
    public record Image(
            Optional<ImageFacts> facts,
            Optional<ScreenedFace> face,
            int facesFound,
            Optional<Long> templateId,
            Optional<Candidate> duplicateOf,
            Optional<Refusal> refusal) {

        public boolean stored() {
            return templateId.isPresent();
        }
    }

    public EnrolmentReport {
        images = List.copyOf(images);
    }

    /** How many templates came of it; the same photo twice counts once. */
    public int stored() {
        return (int) images.stream()
                .flatMap(image -> image.templateId().stream())
                .distinct()
                .count();
    }

    /** The reason to give if nothing was stored. */
    public Optional<Refusal> firstRefusal() {
        return images.stream().flatMap(image -> image.refusal().stream()).findFirst();
    }
}
