package dev.lintel.liveness;

import java.util.Arrays;

/** Eigenvalues of small symmetric matrices by Jacobi's rotations. */
final class SymmetricMatrix {
  private static final int SWEEPS = 20;

  private SymmetricMatrix() {}

  /** Largest first; the matrix is overwritten. */
  static double[] eigenvalues(double[][] m) {
    int n = m.length;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(m, p, q);
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = -m[i][i];
    }
    Arrays.sort(values);
    return Arrays.stream(values).map(v -> -v).toArray();
  }

  private static void rotate(double[][] m, int p, int q) {
    if (Math.abs(m[p][q]) < 1e-15) {
      return;
    }
    double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < m.length; k++) {
      double a = m[k][p];
      double b = m[k][q];
      m[k][p] = c * a - s * b;
      m[k][q] = s * a + c * b;
    }
    for (int k = 0; k < m.length; k++) {
      double a = m[p][k];
      double b = m[q][k];
      m[p][k] = c * a - s * b;
      m[q][k] = s * a + c * b;
    }
  }
}
