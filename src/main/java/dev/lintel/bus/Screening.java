package dev.lintel.bus;

import dev.lintel.face.ScreenedFace;
import java.io.Serializable;
import java.util.List;

/**
 * What was found in an image.
 *
 * @param width of the upright image in pixels
 * @param height of the upright image in pixels
 * @param rotation clockwise quarter turns in degrees (0, 90, 180, 270) that made the image upright beyond its
 *     EXIF orientation
 * @param faces at least one, largest first
 */
public record Screening(int width, int height, int rotation, List<ScreenedFace> faces) implements Serializable {
    public Screening {
        faces = List.copyOf(faces);
    }
}
