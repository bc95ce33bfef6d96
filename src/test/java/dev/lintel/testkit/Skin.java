package dev.lintel.testkit;

import dev.lintel.face.FaceCrop;
import java.util.Random;

/** Aligned crops that look the same for the same person, but for a camera's noise. */
public final class Skin {
    private Skin() {}

    /**
     * @param person whose
     * @param noise a number for each frame
     * @return {@code ALIGNED} pixels square, 8-bit RGB
     */
    public static byte[] of(long person, long noise) {
        byte[] rgb = new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3];
        new Random(noise).nextBytes(rgb);
        Random face = new Random(person);
        double phase = face.nextDouble() * 6;
        double wave = 0.05 + 0.1 * face.nextDouble();
        for (int i = 0; i < rgb.length; i++) {
            int column = i / 3 % FaceCrop.ALIGNED;
            int row = i / 3 / FaceCrop.ALIGNED;
            rgb[i] = (byte) (112 + 60 * Math.sin(wave * column + phase) * Math.cos(wave * row) + (rgb[i] & 15));
        }
        return rgb;
    }
}
