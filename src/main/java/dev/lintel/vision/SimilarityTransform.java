package dev.lintel.vision;

import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;

/**
 * Rotation, uniform scale and translation: {@code x' = a x - b y + tx}, {@code y' = b x + a y + ty}.
 */
record SimilarityTransform(double a, double b, double tx, double ty) {

    /** ArcFace's 5-point template for a 112x112 crop (insightface, {@code arcface_dst}). */
    private static final double[][] TEMPLATE = {
        {38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}
    };

    /**
     * The least-squares similarity from the landmarks to the template. For 2-D points and a similarity without
     * reflection, Umeyama's solution (PAMI 1991) is this closed form.
     */
    static SimilarityTransform toTemplate(Landmarks landmarks) {
        Point[] from = {
            landmarks.leftEye(), landmarks.rightEye(), landmarks.nose(), landmarks.mouthLeft(), landmarks.mouthRight()
        };
        double mx = 0;
        double my = 0;
        double ux = 0;
        double uy = 0;
        for (int i = 0; i < 5; i++) {
            mx += from[i].x() / 5.0;
            my += from[i].y() / 5.0;
            ux += TEMPLATE[i][0] / 5;
            uy += TEMPLATE[i][1] / 5;
        }
        double dot = 0;
        double cross = 0;
        double norm = 0;
        for (int i = 0; i < 5; i++) {
            double x = from[i].x() - mx;
            double y = from[i].y() - my;
            double u = TEMPLATE[i][0] - ux;
            double v = TEMPLATE[i][1] - uy;
            dot += x * u + y * v;
            cross += x * v - y * u;
            norm += x * x + y * y;
        }
        double a = dot / Math.max(norm, 1e-9);
        double b = cross / Math.max(norm, 1e-9);
        return new SimilarityTransform(a, b, ux - a * mx + b * my, uy - b * mx - a * my);
    }

    Affine toAffine() {
        return new Affine(a, -b, tx, b, a, ty);
    }
}
