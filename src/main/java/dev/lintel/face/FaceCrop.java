package dev.lintel.face;

import java.io.Serializable;

/**
 * A square piece of an image around one face, 8-bit RGB, interleaved, rows top down. Takes ownership of
 * the array; nobody writes to it afterwards.
 */
public final class FaceCrop implements Serializable {
    private static final long serialVersionUID = 1;

    /** Side in pixels of a crop that is aligned to the ArcFace template. */
    public static final int ALIGNED = 112;

    private final int side;
    private final byte[] rgb;

    /**
     * @param side width and height in pixels
     * @param rgb {@code side * side * 3} bytes
     */
    public FaceCrop(int side, byte[] rgb) {
        if (rgb.length != side * side * 3) {
            throw new IllegalArgumentException(
                    "a crop of side " + side + " has " + side * side * 3 + " bytes, not " + rgb.length);
        }
        this.side = side;
        this.rgb = rgb;
    }

    public int side() {
        return side;
    }

    /** The pixels themselves, not a copy; read only. */
    public byte[] rgb() {
        return rgb;
    }

    @Override
    public String toString() {
        return "FaceCrop[" + side + "x" + side + "]";
    }
}
