package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Cuts faces out of a picture at a fixed size, without aliasing where the face is much larger. */
final class FaceCutter {
  private static final int MAX_SUPERSAMPLING = 8;

  private FaceCutter() {}

  /** The face on the ArcFace template, {@value FaceCrop#ALIGNED} pixels square. */
  static FaceCrop aligned(Mat picture, Landmarks landmarks) {
    return cut(picture, SimilarityTransform.toTemplate(landmarks), FaceCrop.ALIGNED, opencv_core.BORDER_REPLICATE);
  }

  /** The square of {@code margin} times the box's longer side around its centre, reflected at the edges. */
  static FaceCrop around(Mat picture, FaceBox box, double margin, int side) {
    double square = Math.max(box.width(), box.height()) * margin;
    double scale = side / square;
    double tx = -(box.centreX() - square / 2) * scale + (scale - 1) / 2;
    double ty = -(box.centreY() - square / 2) * scale + (scale - 1) / 2;
    return cut(picture, new SimilarityTransform(scale, 0, tx, ty), side, opencv_core.BORDER_REFLECT_101);
  }

  private static FaceCrop cut(Mat picture, SimilarityTransform transform, int side, int border) {
    int factor = (int) Math.max(1, Math.min(MAX_SUPERSAMPLING, Math.round(1 / transform.scale())));
    SimilarityTransform t = transform.enlarged(factor);
    try (Mat matrix = new Mat(2, 3, opencv_core.CV_64F);
        Mat large = new Mat();
        Mat small = new Mat()) {
      java.nio.DoubleBuffer m = matrix.createBuffer();
      m.put(new double[] {t.a(), -t.b(), t.tx(), t.b(), t.a(), t.ty()});
      opencv_imgproc.warpAffine(
          picture, large, matrix, new Size(side * factor, side * factor), opencv_imgproc.INTER_LINEAR, border,
          new Scalar(0, 0, 0, 0));
      opencv_imgproc.resize(large, small, new Size(side, side), 0, 0, opencv_imgproc.INTER_AREA);
      opencv_imgproc.cvtColor(small, small, opencv_imgproc.COLOR_BGR2RGB);
      byte[] rgb = new byte[side * side * 3];
      small.data().get(rgb);
      return new FaceCrop(side, rgb);
    }
  }
}
