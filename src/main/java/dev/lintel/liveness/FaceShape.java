package dev.lintel.liveness;

import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;

/**
 * The five landmarks of one frame, made comparable with those of another. Eyes and mouth corners lie about in a plane;
 * the projective map that takes them to the template takes the nose to where a flat picture would have it in every
 * frame, however it is turned. A head's nose stands before that plane and moves when it turns.
 *
 * @param nose where the nose's tip comes to lie on the template, in distances of the eyes
 * @param points around their centre, at unit size
 */
public record FaceShape(double[] nose, double[][] points) {
    /** ArcFace's template for eyes and mouth corners, in distances of the eyes. */
    private static final double[][] TEMPLATE = {
        {38.2946 / 35.24, 51.6963 / 35.24},
        {73.5318 / 35.24, 51.5014 / 35.24},
        {41.5493 / 35.24, 92.3655 / 35.24},
        {70.7299 / 35.24, 92.2041 / 35.24}
    };

    private static final double DEGENERATE = 1e-9;

    /** Null where the points lie so that no plane can be made of them. */
    public static FaceShape of(Landmarks l) {
        double[][] corners = {xy(l.leftEye()), xy(l.rightEye()), xy(l.mouthLeft()), xy(l.mouthRight())};
        double[] at = project(corners, xy(l.nose()));
        return at == null
                ? null
                : new FaceShape(
                        at, centred(new double[][] {corners[0], corners[1], xy(l.nose()), corners[2], corners[3]}));
    }

    double noseDistance(FaceShape other) {
        return Math.hypot(nose[0] - other.nose[0], nose[1] - other.nose[1]);
    }

    /**
     * The best affine map to another shape.
     *
     * @return ratio of its smaller to its larger stretch, and what it leaves over in distances of the other's eyes
     */
    double[] affineTo(FaceShape other) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double[] sums = new double[4];
        for (int i = 0; i < 5; i++) {
            double[] from = points[i];
            double[] to = other.points[i];
            xx += from[0] * from[0];
            xy += from[0] * from[1];
            yy += from[1] * from[1];
            sums[0] += to[0] * from[0];
            sums[1] += to[0] * from[1];
            sums[2] += to[1] * from[0];
            sums[3] += to[1] * from[1];
        }
        double det = xx * yy - xy * xy;
        if (det < DEGENERATE) {
            return new double[] {1, 1};
        }
        double a = (sums[0] * yy - sums[1] * xy) / det;
        double b = (sums[1] * xx - sums[0] * xy) / det;
        double c = (sums[2] * yy - sums[3] * xy) / det;
        double d = (sums[3] * xx - sums[2] * xy) / det;
        double residual = 0;
        for (int i = 0; i < 5; i++) {
            residual += Math.pow(a * points[i][0] + b * points[i][1] - other.points[i][0], 2)
                    + Math.pow(c * points[i][0] + d * points[i][1] - other.points[i][1], 2);
        }
        double eyes = Math.max(
                1e-6, Math.hypot(other.points[1][0] - other.points[0][0], other.points[1][1] - other.points[0][1]));
        double mean = (a * a + b * b + c * c + d * d) / 2;
        double area = Math.abs(a * d - b * c);
        double spread = Math.sqrt(Math.max(0, mean * mean - area * area));
        return new double[] {
            Math.sqrt(Math.max(0, mean - spread) / Math.max(1e-12, mean + spread)), Math.sqrt(residual / 5) / eyes
        };
    }

    private static double[] xy(Point p) {
        return new double[] {p.x(), p.y()};
    }

    private static double[][] centred(double[][] points) {
        double x = 0;
        double y = 0;
        for (double[] p : points) {
            x += p[0] / points.length;
            y += p[1] / points.length;
        }
        double norm = 0;
        for (double[] p : points) {
            norm += (p[0] - x) * (p[0] - x) + (p[1] - y) * (p[1] - y);
        }
        norm = Math.max(1e-9, Math.sqrt(norm));
        double[][] out = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            out[i] = new double[] {(points[i][0] - x) / norm, (points[i][1] - y) / norm};
        }
        return out;
    }

    /** Where the projective map from four corners to the template takes a point. */
    private static double[] project(double[][] corners, double[] point) {
        double[] own = coordinates(corners, corners[3]);
        double[] target = coordinates(TEMPLATE, TEMPLATE[3]);
        double[] of = coordinates(corners, point);
        if (own == null || of == null) {
            return null;
        }
        double x = 0;
        double y = 0;
        double w = 0;
        for (int i = 0; i < 3; i++) {
            if (Math.abs(own[i]) < DEGENERATE) {
                return null;
            }
            double weight = of[i] / own[i] * target[i];
            x += weight * TEMPLATE[i][0];
            y += weight * TEMPLATE[i][1];
            w += weight;
        }
        return Math.abs(w) < DEGENERATE ? null : new double[] {x / w, y / w};
    }

    /** A point as a sum of the first three corners: barycentric coordinates. */
    private static double[] coordinates(double[][] corners, double[] p) {
        double x1 = corners[1][0] - corners[0][0];
        double y1 = corners[1][1] - corners[0][1];
        double x2 = corners[2][0] - corners[0][0];
        double y2 = corners[2][1] - corners[0][1];
        double det = x1 * y2 - x2 * y1;
        if (Math.abs(det) < DEGENERATE) {
            return null;
        }
        double u = ((p[0] - corners[0][0]) * y2 - (p[1] - corners[0][1]) * x2) / det;
        double v = ((p[1] - corners[0][1]) * x1 - (p[0] - corners[0][0]) * y1) / det;
        return new double[] {1 - u - v, u, v};
    }
}
