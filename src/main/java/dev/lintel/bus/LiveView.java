package dev.lintel.bus;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The faces that one camera sees at a moment.
 *
 * @param width of the camera's picture in pixels
 * @param height likewise
 * @param faces may be empty: everybody left
 */
public record LiveView(String camera, Instant at, int width, int height, List<Face> faces) implements Serializable {

    /**
     * @param track id of the visit
     * @param person who it is, as far as the vote says; null if not yet or not known
     * @param state {@code looking}, {@code known}, {@code uncertain}, {@code unknown}
     * @param live {@code live}, {@code not_proven} or {@code attack}, so far
     */
    public record Face(UUID track, FaceBox box, Label person, String state, String live) implements Serializable {}

    public LiveView {
        faces = List.copyOf(faces);
    }
}
