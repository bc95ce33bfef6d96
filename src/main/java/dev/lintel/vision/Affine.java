package dev.lintel.vision;

import dev.lintel.face.Landmarks.Point;

/**
 * A map of the plane: {@code x' = a x + b y + c}, {@code y' = d x + e y + f}. Coordinates are pixel indices: an
 * integer is the centre of a pixel, as in OpenCV.
 */
record Affine(double a, double b, double c, double d, double e, double f) {

    /** Pixels of a picture to those of the same picture resampled by the given factors. */
    static Affine resampling(double factorX, double factorY) {
        return new Affine(factorX, 0, (factorX - 1) / 2, 0, factorY, (factorY - 1) / 2);
    }

    /** First this, then the other. */
    Affine then(Affine o) {
        return new Affine(
                o.a * a + o.b * d,
                o.a * b + o.b * e,
                o.a * c + o.b * f + o.c,
                o.d * a + o.e * d,
                o.d * b + o.e * e,
                o.d * c + o.e * f + o.f);
    }

    Point apply(Point p) {
        return new Point((float) (a * p.x() + b * p.y() + c), (float) (d * p.x() + e * p.y() + f));
    }

    /** How much longer lines become, on average. */
    double scale() {
        return Math.sqrt(Math.abs(a * e - b * d));
    }
}
