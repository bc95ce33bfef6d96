package dev.lintel.recognition;

import dev.lintel.face.Outcome;
import dev.lintel.face.ScreenedFace;
import java.util.List;

/**
 * Who was recognised in an image.
 *
 * @param faces those that were looked at, largest first: one, unless all were asked for
 * @param facesFound how many the image shows
 * @param looks images that were used together; the image that is told of is then the best of them
 */
public record Identification(ImageFacts image, int facesFound, int looks, Threshold threshold, List<Face> faces) {

    /** A face, and whose it is or why that was not looked up. */
    public record Face(ScreenedFace seen, Outcome<Identity> identity) {}

    public Identification {
        faces = List.copyOf(faces);
    }

    /** The largest face that was looked up; there is one. */
    public Face principal() {
        return faces.stream()
                .filter(face -> face.identity() instanceof Outcome.Done)
                .findFirst()
                .orElseThrow();
    }
}
