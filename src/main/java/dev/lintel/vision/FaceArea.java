package dev.lintel.vision;

import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The part of an aligned crop that surely shows skin, eyes, nose and mouth: the convex hull of the five landmarks,
 * enlarged by {@value #GROWTH} around its middle. Background, hair and hats lie outside of it, also where the head is
 * turned. Plain Java, thread-safe.
 */
public final class FaceArea {
    private static final double GROWTH = 1.3;

    private final boolean[] inside = new boolean[FaceCrop.ALIGNED * FaceCrop.ALIGNED];
    private final int pixels;

    private FaceArea(List<double[]> hull) {
        int count = 0;
        for (int y = 0; y < FaceCrop.ALIGNED; y++) {
            for (int x = 0; x < FaceCrop.ALIGNED; x++) {
                if (within(hull, x, y)) {
                    inside[y * FaceCrop.ALIGNED + x] = true;
                    count++;
                }
            }
        }
        pixels = count;
    }

    /** @param landmarks in pixels of the upright image, as the crop was aligned by them */
    public static FaceArea of(Landmarks landmarks) {
        Affine toCrop = SimilarityTransform.toTemplate(landmarks).toAffine();
        List<double[]> points = new ArrayList<>();
        double middleX = 0;
        double middleY = 0;
        for (Point p : List.of(
                landmarks.leftEye(),
                landmarks.rightEye(),
                landmarks.nose(),
                landmarks.mouthLeft(),
                landmarks.mouthRight())) {
            double[] q = {
                toCrop.a() * p.x() + toCrop.b() * p.y() + toCrop.c(),
                toCrop.d() * p.x() + toCrop.e() * p.y() + toCrop.f()
            };
            points.add(q);
            middleX += q[0] / 5;
            middleY += q[1] / 5;
        }
        for (double[] q : points) {
            q[0] = middleX + GROWTH * (q[0] - middleX);
            q[1] = middleY + GROWTH * (q[1] - middleY);
        }
        return new FaceArea(hull(points));
    }

    /** How many pixels it has; 0 where the landmarks lie in one line. */
    public int pixels() {
        return pixels;
    }

    /** Gives the index of each of its pixels, row by row. */
    public void each(IntConsumer pixel) {
        for (int i = 0; i < inside.length; i++) {
            if (inside[i]) {
                pixel.accept(i);
            }
        }
    }

    /** The convex hull, by Andrew's monotone chain (Information Processing Letters 9, 1979). */
    private static List<double[]> hull(List<double[]> points) {
        points.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
        List<double[]> lower = chain(points);
        List<double[]> reversed = new ArrayList<>(points);
        java.util.Collections.reverse(reversed);
        List<double[]> upper = chain(reversed);
        lower.remove(lower.size() - 1);
        upper.remove(upper.size() - 1);
        lower.addAll(upper);
        return lower;
    }

    private static List<double[]> chain(List<double[]> points) {
        List<double[]> chain = new ArrayList<>();
        for (double[] p : points) {
            while (chain.size() > 1
                    && side(chain.get(chain.size() - 2), chain.get(chain.size() - 1), p[0], p[1]) <= 0) {
                chain.remove(chain.size() - 1);
            }
            chain.add(p);
        }
        return chain;
    }

    private static boolean within(List<double[]> hull, double x, double y) {
        for (int i = 0; i < hull.size(); i++) {
            if (side(hull.get(i), hull.get((i + 1) % hull.size()), x, y) < 0) {
                return false;
            }
        }
        return hull.size() > 2;
    }

    private static double side(double[] from, double[] to, double x, double y) {
        return (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
    }
}
