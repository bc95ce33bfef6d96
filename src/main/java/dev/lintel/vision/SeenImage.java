package dev.lintel.vision;

import java.util.List;

/**
 * A decoded image and the faces in it.
 *
 * @param width of the upright image in pixels of the original resolution
 * @param height likewise
 * @param rotation clockwise degrees (0, 90, 180, 270) that made it upright beyond its EXIF orientation
 * @param faces at least one, largest first; those that the picture's edge cuts ({@link dev.lintel.face.Quality#cutOff}) last
 */
public record SeenImage(int width, int height, int rotation, List<SeenFace> faces) {
    public SeenImage {
        faces = List.copyOf(faces);
    }
}
