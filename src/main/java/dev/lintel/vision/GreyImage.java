package dev.lintel.vision;

import java.io.Serializable;

/**
 * A small grey picture, 8-bit luma, rows top down without gaps. Takes ownership of the array; nobody writes to it
 * afterwards.
 */
public final class GreyImage implements Serializable {
    private static final long serialVersionUID = 1;

    private final int width;
    private final int height;
    private final byte[] pixels;
    private final boolean colourless;

    /** Of a picture with colour. */
    public GreyImage(int width, int height, byte[] pixels) {
        this(width, height, pixels, false);
    }

    /**
     * @param pixels {@code width * height} bytes
     * @param colourless whether the picture that it was made of had no colour anywhere, as an infra-red camera's at night
     */
    public GreyImage(int width, int height, byte[] pixels, boolean colourless) {
        if (width < 1 || height < 1 || pixels.length != width * height) {
            throw new IllegalArgumentException(width + "x" + height + " pixels do not fit " + pixels.length + " bytes");
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
        this.colourless = colourless;
    }

    /** Whether the picture that it was made of had no colour anywhere. */
    public boolean colourless() {
        return colourless;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels themselves, not a copy; read only. */
    public byte[] pixels() {
        return pixels;
    }

    /** Luma 0..255 at a pixel. */
    public int at(int x, int y) {
        return pixels[y * width + x] & 0xff;
    }

    @Override
    public String toString() {
        return "GreyImage[" + width + "x" + height + "]";
    }
}
