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

  /** The same face where the picture is first moved by (dx, dy) and then enlarged by a factor. */
  Detection moved(float dx, float dy, float factor) {
    FaceBox b = new FaceBox(box.x() + dx, box.y() + dy, box.width(), box.height()).scaled(factor);
    Landmarks l =
        new Landmarks(
            move(landmarks.leftEye(), dx, dy), move(landmarks.rightEye(), dx, dy), move(landmarks.nose(), dx, dy),
            move(landmarks.mouthLeft(), dx, dy), move(landmarks.mouthRight(), dx, dy));
    return new Detection(b, l.scaled(factor), score);
  }

  private static Point move(Point p, float dx, float dy) {
    return new Point(p.x() + dx, p.y() + dy);
  }
}
