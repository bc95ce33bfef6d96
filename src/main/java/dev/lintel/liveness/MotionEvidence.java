package dev.lintel.liveness;

import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the five landmarks move against each other. A plane, however it is turned, changes them by an affine map: all
 * frames together have rank two (Tomasi and Kanade, IJCV 1992). A head that turns has rank three, because the nose
 * stands before the eyes; what is left beyond rank three is the landmarks' own noise. A photo that is turned betrays
 * itself: it is foreshortened without the nose moving.
 *
 * <p>A video of a head on a screen has rank three as well: depth tells a face from a photo, not from a video.
 */
final class MotionEvidence {
  /** Third singular value, as a share of the size of the face, that the landmarks' noise reaches. */
  static final double NOISE = 0.006;

  /** From here on the face has certainly depth. */
  static final double DEPTH = 0.03;

  /** Largest ratio of the affine map's stretches that counts as foreshortened. */
  private static final double FORESHORTENED = 0.9;

  /** What the affine map may leave over, in interocular distances, where a plane was turned. */
  private static final double PLANE_RESIDUAL = 0.02;

  private static final int LEAST_PAIRS = 3;
  private static final double FOR_DEPTH = 2;
  private static final double FOR_PLANE = -5;

  private MotionEvidence() {}

  static Evidence of(List<Landmarks> frames) {
    if (frames.size() < 3) {
      return Evidence.NONE;
    }
    double[][][] shapes = frames.stream().map(MotionEvidence::shape).toArray(double[][][]::new);
    double depth = thirdSingularValue(shapes);
    if (depth > NOISE) {
      double sure = Math.min(1, Math.log(depth / NOISE) / Math.log(DEPTH / NOISE));
      if (sure < 0.25) {
        return Evidence.NONE;
      }
      return new Evidence(FOR_DEPTH * sure, text("the face has depth: its points move against each other by %.1f %%", depth));
    }
    return plane(shapes);
  }

  private static Evidence plane(double[][][] shapes) {
    double strongest = 1;
    double[] residuals = new double[shapes.length * shapes.length];
    int n = 0;
    for (int i = 0; i < shapes.length; i++) {
      for (int j = 0; j < shapes.length; j++) {
        double[] fit = affine(shapes[i], shapes[j]);
        if (i != j && fit[0] <= FORESHORTENED) {
          residuals[n++] = fit[1];
          strongest = Math.min(strongest, fit[0]);
        }
      }
    }
    Arrays.sort(residuals, 0, n);
    return n >= LEAST_PAIRS && residuals[n / 2] <= PLANE_RESIDUAL
        ? new Evidence(FOR_PLANE, text("the face turned like a flat sheet: narrower by %.0f %% without any depth", 1 - strongest))
        : Evidence.NONE;
  }

  private static String text(String format, double share) {
    return String.format(Locale.ROOT, format, 100 * share);
  }

  /** The points around their centre, at unit size. */
  private static double[][] shape(Landmarks l) {
    Point[] points = {l.leftEye(), l.rightEye(), l.nose(), l.mouthLeft(), l.mouthRight()};
    double[][] shape = new double[5][2];
    double x = Arrays.stream(points).mapToDouble(Point::x).average().orElseThrow();
    double y = Arrays.stream(points).mapToDouble(Point::y).average().orElseThrow();
    double norm = 0;
    for (int i = 0; i < 5; i++) {
      shape[i][0] = points[i].x() - x;
      shape[i][1] = points[i].y() - y;
      norm += shape[i][0] * shape[i][0] + shape[i][1] * shape[i][1];
    }
    norm = Math.max(1e-9, Math.sqrt(norm));
    for (double[] p : shape) {
      p[0] /= norm;
      p[1] /= norm;
    }
    return shape;
  }

  /** Of the matrix whose rows are the x and the y of every frame, divided by the root of the number of frames. */
  static double thirdSingularValue(double[][][] shapes) {
    double[][] gram = new double[5][5];
    for (double[][] shape : shapes) {
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
          gram[i][j] += shape[i][0] * shape[j][0] + shape[i][1] * shape[j][1];
        }
      }
    }
    double[] eigenvalues = SymmetricMatrix.eigenvalues(gram);
    return Math.sqrt(Math.max(0, eigenvalues[2]) / shapes.length);
  }

  /** The best affine map from one shape to another: ratio of its stretches, and what it leaves over (of the eyes' distance). */
  private static double[] affine(double[][] from, double[][] to) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double[] sums = new double[4];
    for (int i = 0; i < 5; i++) {
      xx += from[i][0] * from[i][0];
      xy += from[i][0] * from[i][1];
      yy += from[i][1] * from[i][1];
      sums[0] += to[i][0] * from[i][0];
      sums[1] += to[i][0] * from[i][1];
      sums[2] += to[i][1] * from[i][0];
      sums[3] += to[i][1] * from[i][1];
    }
    double det = xx * yy - xy * xy;
    if (det < 1e-9) {
      return new double[] {1, 1};
    }
    double a = (sums[0] * yy - sums[1] * xy) / det;
    double b = (sums[1] * xx - sums[0] * xy) / det;
    double c = (sums[2] * yy - sums[3] * xy) / det;
    double d = (sums[3] * xx - sums[2] * xy) / det;
    double residual = 0;
    for (int i = 0; i < 5; i++) {
      residual += Math.pow(a * from[i][0] + b * from[i][1] - to[i][0], 2)
          + Math.pow(c * from[i][0] + d * from[i][1] - to[i][1], 2);
    }
    double eyes = Math.max(1e-6, Math.hypot(to[1][0] - to[0][0], to[1][1] - to[0][1]));
    double mean = (a * a + b * b + c * c + d * d) / 2;
    double area = Math.abs(a * d - b * c);
    double spread = Math.sqrt(Math.max(0, mean * mean - area * area));
    return new double[] {Math.sqrt(Math.max(0, mean - spread) / Math.max(1e-12, mean + spread)), Math.sqrt(residual / 5) / eyes};
  }
}
