package dev.lintel.liveness;

import dev.lintel.face.Liveness;
import dev.lintel.vision.FaceArea;
import dev.lintel.vision.SeenFace;

/**
 * Glare: the share of blown-out pixels on the face. A glossy print or a screen mirrors the lamp; skin does so
 * in small spots only. The seed service's first heuristic, measured inside the face, because a white wall behind it is no
 * glare.
 *
 * @param maxShare largest share of pixels of the {@link FaceArea} with grey level above 250, 0..1
 */
record SaturationCheck(double maxShare) implements LivenessCheck {
    static final String NAME = "saturation";
    private static final int BLOWN_OUT = 250;

    @Override
    public Liveness.Check check(SeenFace face) {
        byte[] grey = Grey.of(face.aligned());
        FaceArea area = FaceArea.of(face.landmarks());
        int[] blown = new int[1];
        area.each(i -> blown[0] += (grey[i] & 0xff) > BLOWN_OUT ? 1 : 0);
        double share = (double) blown[0] / Math.max(1, area.pixels());
        return new Liveness.Check(NAME, share, maxShare, share <= maxShare);
    }
}
