package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Quality;
import java.util.ArrayList;
import java.util.List;

/** Cuts faces whose places are known out of a frame, as a camera's feed does with those that it found. */
public final class CutFaces {
    /** As the feed's own. */
    private static final double MARGIN = 1.5;

    /** Where a face is. */
    public record Place(FaceBox box, Landmarks landmarks, Quality quality) {}

    private CutFaces() {}

    public static List<SeenFace> of(VideoFrame frame, List<Place> places) {
        List<SeenFace> faces = new ArrayList<>();
        try (FrameMats mats = new FrameMats(frame)) {
            Picture picture = mats.picture();
            for (Place place : places) {
                faces.add(new SeenFace(
                        place.box(),
                        place.landmarks(),
                        0.9,
                        place.quality(),
                        FaceCutter.aligned(picture, place.landmarks()),
                        FaceCutter.around(picture, place.box(), MARGIN, SeenFace.SURROUNDINGS)));
            }
        }
        return faces;
    }
}
