package dev.lintel.vision;

import dev.lintel.inference.Network;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Finds faces in pictures of any size with a YuNet-form network. Thread-safe. Owns the network. */
final class FaceDetector implements AutoCloseable {
  private static final int MULTIPLE = 32;

  private final Network network;
  private final float threshold;

  FaceDetector(Network network, float threshold) {
    this.network = network;
    this.threshold = threshold;
  }

  /**
   * @param picture 8-bit BGR
   * @param longerSide the picture is shown to the network at this size, never enlarged
   * @param margin border on each side, as a share of the longer side, for faces that fill the picture
   * @return faces in the picture's pixels, highest score first
   */
  List<Detection> detect(Mat picture, int longerSide, float margin) {
    int longer = Math.max(picture.cols(), picture.rows());
    float scale = Math.min(1, longerSide / (longer * (1 + 2 * margin)));
    int width = Math.max(1, Math.round(picture.cols() * scale));
    int height = Math.max(1, Math.round(picture.rows() * scale));
    int border = Math.round(longer * scale * margin);
    int paddedWidth = roundUp(width + 2 * border);
    int paddedHeight = roundUp(height + 2 * border);
    try (Mat small = new Mat();
        Mat canvas = new Mat(paddedHeight, paddedWidth, opencv_core.CV_8UC3, new Scalar(0, 0, 0, 0));
        Rect place = new Rect(border, border, width, height);
        Mat inner = new Mat(canvas, place)) {
      opencv_imgproc.resize(picture, small, new Size(width, height), 0, 0, opencv_imgproc.INTER_AREA);
      opencv_imgproc.cvtColor(small, inner, opencv_imgproc.COLOR_BGR2RGB);
      Map<String, float[]> outputs = network.run(canvas.createBuffer(), 1, paddedHeight, paddedWidth);
      return DetectionDecoder.decode(outputs, paddedWidth, paddedHeight, threshold).stream()
          .map(face -> face.moved(-border, -border, 1 / scale))
          .filter(face -> inside(face, picture))
          .toList();
    }
  }

  /** A face whose centre lies in the border is an artefact of the padding. */
  private static boolean inside(Detection face, Mat picture) {
    float x = face.box().centreX();
    float y = face.box().centreY();
    return x >= 0 && y >= 0 && x < picture.cols() && y < picture.rows();
  }

  private static int roundUp(int size) {
    return (size + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }

  @Override
  public void close() {
    network.close();
  }
}
