package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;

/**
 * A face as the detector saw it.
 *
 * @param score 0..1
 */
record Detection(FaceBox box, Landmarks landmarks, float score) {

    /** The same face where every point is moved by a map without rotation. */
    Detection mapped(Affine map) {
        Point corner = map.apply(new Point(box.x(), box.y()));
        Point opposite = map.apply(new Point(box.x() + box.width(), box.y() + box.height()));
        FaceBox b = new FaceBox(corner.x(), corner.y(), opposite.x() - corner.x(), opposite.y() - corner.y());
        Landmarks l = new Landmarks(
                map.apply(landmarks.leftEye()),
                map.apply(landmarks.rightEye()),
                map.apply(landmarks.nose()),
                map.apply(landmarks.mouthLeft()),
                map.apply(landmarks.mouthRight()));
        return new Detection(b, l, score);
    }
}
