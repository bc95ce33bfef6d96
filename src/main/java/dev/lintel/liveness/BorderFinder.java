package dev.lintel.liveness;

import dev.lintel.face.FaceBox;
import dev.lintel.vision.GreyImage;

/**
 * Looks for the edge of a screen or a sheet around a face: a long straight step of the same sign on both sides, nearly
 * upright, and one above or below. Door frames look like that as well, so it only makes a proof harder.
 */
final class BorderFinder {
    /** A step of so many grey levels over three pixels is an edge. */
    private static final int STEP = 14;

    /** How far from the face's centre edges are searched, in box widths. */
    private static final double NEAREST = 0.5;

    private static final double FARTHEST = 1.25;

    /** How far above and below the centre an edge must run, in box heights. */
    private static final double REACH = 0.75;

    /** How far above or below the centre the third edge is searched, in box heights. */
    private static final double NEAREST_LEVEL = 0.65;

    private static final double FARTHEST_LEVEL = 1.9;

    /** What two sides without a third one count for. */
    private static final double OPEN = 0.75;

    /** Largest lean of the edge, in columns for a row. */
    private static final double MAX_LEAN = 0.2;

    /** Faces of fewer pixels in the small picture are not judged. */
    private static final double SMALLEST = 14;

    private BorderFinder() {}

    /**
     * The weaker one of the two sides, as the share of rows with an edge, and less where neither above nor below there is
     * one: 0..1.
     *
     * @param box in pixels of the frame
     * @param scale pixels of {@code scene} for each of the frame
     */
    static double strength(GreyImage scene, FaceBox box, double scale) {
        FaceBox face = box.scaled((float) scale);
        return Math.min(face.width(), face.height()) < SMALLEST
                ? 0
                : Math.max(framed(scene, face, 1), framed(scene, face, -1));
    }

    private static double framed(GreyImage scene, FaceBox face, int sign) {
        double sides = Math.min(side(scene, face, -1, sign), side(scene, face, 1, sign));
        return sides * (OPEN + (1 - OPEN) * Math.max(level(scene, face, -1, sign), level(scene, face, 1, sign)));
    }

    /** The best nearly level edge above (-1) or below (1) the face. */
    private static double level(GreyImage scene, FaceBox face, int direction, int sign) {
        int first = Math.max(1, (int) Math.round(face.centreX() - NEAREST * face.width()));
        int last = Math.min(scene.width() - 1, (int) Math.round(face.centreX() + NEAREST * face.width()));
        double best = 0;
        for (double away = NEAREST_LEVEL * face.height(); away <= FARTHEST_LEVEL * face.height(); away++) {
            for (double lean = -MAX_LEAN; lean <= MAX_LEAN + 1e-9; lean += 0.05) {
                int hits = 0;
                for (int x = first; x < last; x++) {
                    int y = (int) Math.round(face.centreY() + direction * away + lean * (x - face.centreX()));
                    if (y < 2 || y >= scene.height() - 2) {
                        continue;
                    }
                    hits += sign * (scene.at(x, y - direction) - scene.at(x, y + direction)) >= STEP ? 1 : 0;
                }
                best = Math.max(best, (double) hits / Math.max(1, last - first));
            }
        }
        return best;
    }

    /** @param sign 1 where the inside is brighter than the outside, else -1 */
    private static double side(GreyImage scene, FaceBox face, int direction, int sign) {
        int top = (int) Math.round(face.centreY() - REACH * face.height());
        int bottom = (int) Math.round(face.centreY() + REACH * face.height());
        int middle = (top + bottom) / 2;
        int first = Math.max(1, top);
        int last = Math.min(scene.height() - 1, bottom);
        // Where the picture ends before the edge would, too little of it can be seen.
        if (last - first < 0.6 * (bottom - top)) {
            return 0;
        }
        double best = 0;
        for (double away = NEAREST * face.width(); away <= FARTHEST * face.width(); away++) {
            for (double lean = -MAX_LEAN; lean <= MAX_LEAN + 1e-9; lean += 0.05) {
                int hits = 0;
                for (int y = first; y < last; y++) {
                    int x = (int) Math.round(face.centreX() + direction * away + lean * (y - middle));
                    if (x < 2 || x >= scene.width() - 2) {
                        continue;
                    }
                    int step = scene.at(x - direction, y) - scene.at(x + direction, y);
                    hits += sign * step >= STEP ? 1 : 0;
                }
                best = Math.max(best, (double) hits / (last - first));
            }
        }
        return best;
    }
}
