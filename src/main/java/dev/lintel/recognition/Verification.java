package dev.lintel.recognition;

import dev.lintel.face.ScreenedFace;
import java.util.List;

/**
 * The result of a comparison 1:1.
 *
 * @param similarity cosine similarity
 * @param faces the face that was compared, of each image
 */
public record Verification(double similarity, Threshold threshold, List<ScreenedFace> faces) {
    public Verification {
        faces = List.copyOf(faces);
    }

    public boolean verified() {
        return threshold.accepts(similarity);
    }
}
