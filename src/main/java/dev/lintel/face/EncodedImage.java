package dev.lintel.face;

import java.io.Serializable;

/**
 * An image as it was sent: JPEG, PNG, WebP, BMP, GIF or TIFF bytes. Takes ownership of the array (no copy of a
 * 12-megapixel photo); nobody writes to it afterwards.
 */
public final class EncodedImage implements Serializable {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    public EncodedImage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy; read only. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "EncodedImage[" + bytes.length + " bytes]";
    }
}
