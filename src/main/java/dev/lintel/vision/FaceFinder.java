package dev.lintel.vision;

import java.util.List;

/** Looks for faces upright first, and harder where it must. Thread-safe; owns its networks. */
final class FaceFinder implements AutoCloseable {
  /** Merit of a find above which the other quarter turns are not tried. */
  private static final double SURE = 0.6;

  /** Border around a picture that its face may fill, as a share of the longer side. */
  private static final float TIGHT_MARGIN = 0.35f;

  private static final int[] OTHER_TURNS = {90, 270, 180};

  private final FaceDetector detector;
  private final LandmarkRefiner refiner;
  private final int detectSize;

  FaceFinder(FaceDetector detector, LandmarkRefiner refiner, int detectSize) {
    this.detector = detector;
    this.refiner = refiner;
    this.detectSize = detectSize;
  }

  /**
   * The faces that were found, and how the picture had to stand.
   *
   * @param turn clockwise degrees beyond the picture's own orientation
   * @param faces in pixels of the image so turned, highest score first
   */
  record Found(int turn, List<Detection> faces) {

    boolean sure() {
      return merit() >= SURE;
    }

    /** Score of the best face, less what it is tilted by: 1 is certain and level. */
    double merit() {
      return faces.isEmpty() ? 0 : faces.get(0).score() - Math.abs(faces.get(0).landmarks().roll()) / 360;
    }
  }

  /**
   * Upright first, then with a margin for a face that fills the picture. Where that finds nothing, or only faces
   * that are unsure or lie on their side, the other quarter turns compete by their best face.
   */
  Found find(Picture picture) {
    Found best = new Found(0, detect(picture, detectSize, 0));
    if (best.faces.isEmpty()) {
      best = new Found(0, detect(picture, detectSize / 2, TIGHT_MARGIN));
    }
    if (best.sure()) {
      return best;
    }
    for (int turn : OTHER_TURNS) {
      Found found = new Found(turn, detect(picture.turnedBy(turn), detectSize, 0));
      if (found.merit() > best.merit()) {
        best = found;
      }
    }
    return best;
  }

  private List<Detection> detect(Picture picture, int longerSide, float margin) {
    return refiner.refine(picture, detector.detect(picture, longerSide, margin));
  }

  /** The faces once more, where a finer picture of them is at hand. */
  List<Detection> sharpen(Picture finer, List<Detection> faces) {
    return refiner.look(finer, faces);
  }

  @Override
  public void close() {
    detector.close();
    refiner.close();
  }
}
