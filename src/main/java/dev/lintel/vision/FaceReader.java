package dev.lintel.vision;

import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An encoded image to its faces: decoded no finer than needed, upright, found, aligned and judged.
 * Thread-safe; owns the detector. Nothing native leaves it.
 */
public final class FaceReader implements AutoCloseable {
  /** Interocular distance in the source below which a finer decoding gives a better aligned crop. */
  private static final double ENOUGH_BETWEEN_EYES = 35;

  /** How much of the surroundings a liveness check sees, in box sides. */
  private static final double SURROUNDINGS_MARGIN = 1.5;

  /** Merit of a find above which the other quarter turns are not tried. */
  private static final double SURE = 0.6;

  private static final float TIGHT_MARGIN = 0.35f;
  private static final int[] OTHER_TURNS = {90, 270, 180};

  private final FaceDetector detector;
  private final QualityAssessor assessor;
  private final VisionConfig config;
  private final ApplianceMetrics metrics;

  static {
    opencv_core.setNumThreads(1); // the pool in front of it is the parallelism
  }

  private FaceReader(FaceDetector detector, VisionConfig config, ApplianceMetrics metrics) {
    this.detector = detector;
    this.assessor = new QualityAssessor(config.quality());
    this.config = config;
    this.metrics = metrics;
  }

  /**
   * Loads the detector that the configuration names.
   *
   * @throws dev.lintel.inference.ModelException if it cannot be used
   */
  public static FaceReader open(VisionConfig config, ApplianceMetrics metrics) {
    ModelPack pack = ModelPack.load(config.model(), ModelManifest.Task.DETECTION);
    ModelManifest manifest = pack.manifest();
    double threshold = config.scoreThreshold() != null ? config.scoreThreshold() : manifest.threshold();
    metrics.model("detection", manifest.id(), manifest.version(), manifest.runtime().toString());
    return new FaceReader(new FaceDetector(pack.open(1), (float) threshold), config, metrics);
  }

  /** Refused if the bytes are no image that can be read, or show no face. */
  public Outcome<SeenImage> read(EncodedImage image) {
    return ImageHeader.read(image.bytes()).fold(header -> read(image.bytes(), header), Outcome::refused);
  }

  private Outcome<SeenImage> read(byte[] bytes, ImageHeader header) {
    long pixels = (long) header.width() * header.height();
    if (pixels > config.maxPixels()) {
      return Outcome.refused(
          Refusal.Code.IMAGE_TOO_LARGE,
          "the image has " + header.width() + "x" + header.height() + " pixels, at most " + config.maxPixels()
              + " are read: send a smaller one");
    }
    Source source = new Source(bytes, header, Orientation.ofExif(bytes, header.format()));
    try {
      int reduce = source.reduceFor(config.detectSize());
      try (Mat picture = metrics.timed(Stage.DECODE, () -> source.unchecked(reduce))) {
        return look(source, picture, reduce);
      }
    } catch (DamagedImage e) {
      return Outcome.refused(Refusal.Code.UNREADABLE_IMAGE, e.getMessage() + ": send the image again");
    }
  }

  private Outcome<SeenImage> look(Source source, Mat picture, int reduce) {
    Found found = metrics.timed(Stage.DETECT, () -> find(picture));
    if (found.faces.isEmpty()) {
      return Outcome.refused(Refusal.Code.NO_FACE, "no face detected: send a picture that shows a face larger than "
          + "16 pixels, upright or turned by quarter turns, well lit and not covered");
    }
    Source upright = source.turnedBy(found.turn);
    double between = found.faces.stream().mapToDouble(f -> f.landmarks().interocularDistance()).min().orElse(0);
    int finer = reduce;
    while (finer > 1 && between * reduce / finer < ENOUGH_BETWEEN_EYES) {
      finer /= 2;
    }
    if (finer == reduce && found.turn == 0) {
      return Outcome.done(seen(upright, picture, reduce, reduce, found));
    }
    int factor = finer;
    try (Mat better = metrics.timed(Stage.DECODE, () -> upright.unchecked(factor))) {
      return Outcome.done(seen(upright, better, factor, reduce, found));
    }
  }

  /**
   * Upright first, then with a margin for faces that fill the picture. Where that finds nothing, or only faces
   * that are unsure or lie on their side, the other quarter turns compete by their best score.
   */
  private Found find(Mat picture) {
    Found upright = new Found(0, detector.detect(picture, config.detectSize(), 0));
    if (upright.faces.isEmpty()) {
      upright = new Found(0, detector.detect(picture, config.detectSize() / 2, TIGHT_MARGIN));
    }
    if (upright.sure()) {
      return upright;
    }
    Found best = upright;
    for (int turn : OTHER_TURNS) {
      try (Mat turned = new Orientation(false, turn).apply(picture)) {
        Found found = new Found(turn, detector.detect(turned, config.detectSize(), 0));
        if (found.merit() > best.merit()) {
          best = found;
        }
      }
    }
    return best;
  }

  /**
   * @param picture upright, decoded at 1/{@code pictureReduce}
   * @param foundReduce the fraction of the picture in which the faces were found
   */
  private SeenImage seen(Source source, Mat picture, int pictureReduce, int foundReduce, Found found) {
    float toPicture = (float) foundReduce / pictureReduce;
    List<SeenFace> faces = new ArrayList<>();
    for (Detection detection : found.faces) {
      Detection inPicture = detection.moved(0, 0, toPicture);
      Detection inOriginal = detection.moved(0, 0, foundReduce);
      FaceCrop aligned = metrics.timed(Stage.ALIGN, () -> FaceCutter.aligned(picture, inPicture.landmarks()));
      FaceCrop around =
          FaceCutter.around(picture, inPicture.box(), SURROUNDINGS_MARGIN, SeenFace.SURROUNDINGS);
      Quality quality = assessor.assess(inOriginal.box(), inOriginal.landmarks(), aligned);
      faces.add(
          new SeenFace(inOriginal.box(), inOriginal.landmarks(), detection.score(), quality, aligned, around));
    }
    faces.sort(Comparator.comparingDouble((SeenFace f) -> f.box().area()).reversed());
    return new SeenImage(source.width(), source.height(), found.turn, faces);
  }

  @Override
  public void close() {
    detector.close();
  }

  /** Faces in the picture turned clockwise by {@code turn} degrees. */
  private record Found(int turn, List<Detection> faces) {

    boolean sure() {
      return !faces.isEmpty() && merit() >= SURE;
    }

    /** Score of the best face, less what it is tilted by: 1 is certain and level. */
    double merit() {
      return faces.isEmpty() ? 0 : faces.get(0).score() - Math.abs(faces.get(0).landmarks().roll()) / 360;
    }
  }

  /** The encoded image with the way to turn it. */
  private record Source(byte[] bytes, ImageHeader header, Orientation orientation) {

    int width() {
      return orientation.swapsSides() ? header.height() : header.width();
    }

    int height() {
      return orientation.swapsSides() ? header.width() : header.height();
    }

    Source turnedBy(int degrees) {
      return new Source(bytes, header, orientation.turnedBy(degrees));
    }

    /** The coarsest fraction whose longer side still has that many pixels. */
    int reduceFor(int longerSide) {
      int longer = Math.max(header.width(), header.height());
      int reduce = 1;
      while (reduce < 8 && longer / (reduce * 2) >= longerSide) {
        reduce *= 2;
      }
      return reduce;
    }

    /** Decodes and turns upright; the caller owns the picture. */
    Mat unchecked(int reduce) {
      try {
        Mat stored = ImageDecoder.decode(bytes, header.format(), reduce);
        Mat upright = orientation.apply(stored);
        if (upright != stored) {
          stored.close();
        }
        return upright;
      } catch (IOException e) {
        throw new DamagedImage(e);
      }
    }
  }

  /** Carries a decoder's complaint through the stage timer. */
  private static final class DamagedImage extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedImage(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
