package dev.lintel.liveness;

import dev.lintel.access.Reason;
import dev.lintel.face.FaceBox;
import dev.lintel.vision.GreyImage;
import java.util.List;

/**
 * Whether what is beside a face stays with the scene or moves with the face. The camera hangs still: behind somebody
 * who walks, the wall stays where it is; what a photo or a screen shows beside a face is carried along with it. Says
 * nothing where the face did not move or nothing beside it can be told apart. Confined to one thread at a time.
 */
final class SceneEvidence {
    /** Places beside and above the head, from the box's centre, in box sides. */
    private static final double[][] CELLS = {
        {-0.9, -0.5},
        {0.9, -0.5},
        {-0.9, -0.1},
        {0.9, -0.1},
        {-1.2, -0.5},
        {1.2, -0.5},
        {-1.2, -0.1},
        {1.2, -0.1},
        {-0.9, -0.9},
        {0.9, -0.9},
        {-0.4, -1.1},
        {0.4, -1.1}
    };

    private static final double CELL = 0.3;

    /** Samples along a cell's side. */
    private static final int SAMPLES = 6;

    /** Standard deviation of grey levels from which on a cell can be found again. */
    private static final double TEXTURE = 6;

    /** How far, in pixels of the small picture, the two readings must lie apart. */
    private static final double LEAST_SHIFT = 2.5;

    /** A cell nearer than this to the face of the other frame, in box sides, may be hidden by it. */
    private static final double HIDDEN = 0.75;

    private static final double ALIKE = 0.8;
    private static final double LEAD = 0.25;
    private static final int LEAST_CELLS = 5;
    private static final double SHARE = 0.75;
    private static final double FOR_CARRIED = -4;
    private static final double FOR_STAYING = 1;

    private int carried;
    private int stayed;

    /** Compares a frame with earlier ones. */
    void add(FrameEvidence frame, List<FrameEvidence> earlier) {
        for (FrameEvidence other : earlier) {
            int[] found = compare(other, frame);
            carried += found[0];
            stayed += found[1];
        }
    }

    Evidence found() {
        int told = carried + stayed;
        if (told < LEAST_CELLS) {
            return Evidence.NONE;
        }
        if (carried >= SHARE * told) {
            return new Evidence(FOR_CARRIED, new Reason("scene-carried"));
        }
        return stayed >= SHARE * told ? new Evidence(FOR_STAYING, new Reason("scene-stays")) : Evidence.NONE;
    }

    /** How many cells were carried along, and how many stayed. */
    private static int[] compare(FrameEvidence a, FrameEvidence b) {
        GreyImage from = a.scene();
        GreyImage to = b.scene();
        int[] found = new int[2];
        if (from.width() != to.width() || from.height() != to.height()) {
            return found;
        }
        FaceBox old = a.box().scaled((float) a.sceneScale());
        FaceBox now = b.box().scaled((float) b.sceneScale());
        double scale = now.width() / Math.max(1, old.width());
        for (double[] cell : CELLS) {
            double x = old.centreX() + cell[0] * old.width();
            double y = old.centreY() + cell[1] * old.width();
            double carriedX = now.centreX() + cell[0] * now.width();
            double carriedY = now.centreY() + cell[1] * now.width();
            double half = CELL / 2 * old.width();
            if (half < 1.5
                    || Math.hypot(carriedX - x, carriedY - y) < LEAST_SHIFT
                    || Math.hypot(x - now.centreX(), y - now.centreY()) < HIDDEN * now.width()) {
                continue;
            }
            double[] before = patch(from, x, y, half);
            double[] carried = patch(to, carriedX, carriedY, half * scale);
            double[] stayed = patch(to, x, y, half);
            if (before == null || carried == null || stayed == null || deviation(before) < TEXTURE) {
                continue;
            }
            double withFace = Correlation.likeness(before, carried);
            double withScene = Correlation.likeness(before, stayed);
            found[0] += withFace >= ALIKE && withFace >= withScene + LEAD ? 1 : 0;
            found[1] += withScene >= ALIKE && withScene >= withFace + LEAD ? 1 : 0;
        }
        return found;
    }

    /** Grey levels around a place, or null where it reaches over the edge. */
    private static double[] patch(GreyImage image, double x, double y, double half) {
        if (x - half < 0 || y - half < 0 || x + half >= image.width() - 1 || y + half >= image.height() - 1) {
            return null;
        }
        double[] patch = new double[SAMPLES * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                double px = x - half + 2 * half * j / (SAMPLES - 1);
                double py = y - half + 2 * half * i / (SAMPLES - 1);
                int x0 = (int) px;
                int y0 = (int) py;
                double fx = px - x0;
                double fy = py - y0;
                patch[i * SAMPLES + j] = (1 - fy) * ((1 - fx) * image.at(x0, y0) + fx * image.at(x0 + 1, y0))
                        + fy * ((1 - fx) * image.at(x0, y0 + 1) + fx * image.at(x0 + 1, y0 + 1));
            }
        }
        return patch;
    }

    private static double deviation(double[] values) {
        double mean = Correlation.mean(values);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
