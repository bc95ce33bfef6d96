package dev.lintel.liveness;

import dev.lintel.face.FaceCrop;

/** Luma of a crop. */
final class Grey {
    private Grey() {}

    /** One byte a pixel, BT.601 luma in 8-bit fixed point. */
    static byte[] of(FaceCrop crop) {
        byte[] rgb = crop.rgb();
        byte[] grey = new byte[crop.side() * crop.side()];
        for (int i = 0, j = 0; i < grey.length; i++, j += 3) {
            grey[i] = (byte) ((77 * (rgb[j] & 0xff) + 150 * (rgb[j + 1] & 0xff) + 29 * (rgb[j + 2] & 0xff) + 128) >> 8);
        }
        return grey;
    }
}
