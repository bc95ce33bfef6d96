package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Quality;

/**
 * A face as vision hands it to the liveness checks.
 *
 * @param box in pixels of the upright image
 * @param detectionScore the detector's confidence, 0..1
 * @param aligned {@value FaceCrop#ALIGNED} pixels square, on the ArcFace template
 * @param surroundings {@value #SURROUNDINGS} pixels square: the square around the box, 1.5 times its longer
 *     side, the border reflected where it reaches over the image's edge
 */
public record SeenFace(
        FaceBox box,
        Landmarks landmarks,
        double detectionScore,
        Quality quality,
        FaceCrop aligned,
        FaceCrop surroundings) {

    /** Side of {@link #surroundings} in pixels. */
    public static final int SURROUNDINGS = 128;
}
