package dev.lintel.liveness;

import dev.lintel.face.Liveness;
import dev.lintel.vision.SeenFace;

/**
 * Glare: the share of blown-out pixels on the face. A glossy print or a screen mirrors the lamp; skin does so
 * in small spots only. The seed service's first heuristic, measured on the aligned face instead of the photo.
 *
 * @param maxShare largest share of pixels with grey level above 250, 0..1
 */
record SaturationCheck(double maxShare) implements LivenessCheck {
    static final String NAME = "saturation";
    private static final int BLOWN_OUT = 250;

    @Override
    public Liveness.Check check(SeenFace face) {
        byte[] grey = Grey.of(face.aligned());
        int blown = 0;
        for (byte g : grey) {
            if ((g & 0xff) > BLOWN_OUT) {
                blown++;
            }
        }
        double share = (double) blown / grey.length;
        return new Liveness.Check(NAME, share, maxShare, share <= maxShare);
    }
}
