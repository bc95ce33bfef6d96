package dev.lintel.vision;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;

/** A BMP's header: only kinds whose pixels are all in the file, so that a small file cannot claim a large picture. */
final class BmpHeader {
    private static final int CORE = 12;
    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private BmpHeader() {}

    static Outcome<ImageHeader> read(HeaderBytes in) {
        boolean core = in.littleEndian32(14) == CORE;
        long width = core ? in.littleEndian16(18) : in.littleEndian32(18);
        long height = core ? in.littleEndian16(20) : Math.abs((long) in.littleEndian32(22));
        int bits = in.littleEndian16(core ? 24 : 28);
        int compression = core ? UNCOMPRESSED : in.littleEndian32(30);
        if (compression != UNCOMPRESSED && compression != BIT_FIELDS && compression != ALPHA_BIT_FIELDS) {
            return Outcome.refused(
                    Refusal.Code.UNSUPPORTED_FORMAT,
                    "this is a compressed BMP: save it as a JPEG, PNG or uncompressed BMP image");
        }
        if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
            return ImageHeader.unreadable("the BMP header says " + bits + " bits a pixel");
        }
        if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            return ImageHeader.unreadable("the BMP header says " + width + "x" + height + " pixels");
        }
        long row = (width * bits + 31) / 32 * 4;
        long pixels = Integer.toUnsignedLong(in.littleEndian32(10));
        if (pixels + row * height > in.length()) {
            return ImageHeader.unreadable("the BMP says " + width + "x" + height + " pixels and is cut off");
        }
        return ImageHeader.sized(ImageFormat.BMP, (int) width, (int) height, false);
    }
}
