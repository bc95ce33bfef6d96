package dev.lintel.liveness;

import dev.lintel.face.Liveness;
import dev.lintel.vision.SeenFace;

/**
 * Texture: variance of the 4-neighbour Laplacian over the aligned face's grey levels. A photo of a photo loses
 * fine texture. The seed service's second heuristic (J. Pech-Pacheco et al., ICPR 2000, as focus measure), at
 * a normalised size, so that the number means the same for every camera.
 *
 * @param minVariance smallest variance of a live face, grey levels squared
 */
record SharpnessCheck(double minVariance) implements LivenessCheck {
    static final String NAME = "sharpness";

    @Override
    public Liveness.Check check(SeenFace face) {
        int side = face.aligned().side();
        byte[] grey = Grey.of(face.aligned());
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < side - 1; y++) {
            for (int i = y * side + 1; i < (y + 1) * side - 1; i++) {
                int laplacian = (grey[i - 1] & 0xff)
                        + (grey[i + 1] & 0xff)
                        + (grey[i - side] & 0xff)
                        + (grey[i + side] & 0xff)
                        - 4 * (grey[i] & 0xff);
                sum += laplacian;
                squares += (double) laplacian * laplacian;
            }
        }
        int n = (side - 2) * (side - 2);
        double variance = squares / n - (sum / n) * (sum / n);
        return new Liveness.Check(NAME, variance, minVariance, variance >= minVariance);
    }
}
