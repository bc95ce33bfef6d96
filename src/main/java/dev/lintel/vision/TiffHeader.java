package dev.lintel.vision;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;

/**
 * A TIFF's first directory: its size, and that a reader will not need memory out of all proportion, whatever else the file
 * says. Raw photos are TIFFs too; of most of them a reader sees a thumbnail at best, so they are refused.
 */
final class TiffHeader {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int CHANNELS = 277;
    private static final int ROWS_IN_STRIP = 278;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int SUB_DIRECTORIES = 330;
    private static final int DNG_VERSION = 50_706;

    private static final int COLOUR_FILTER = 32_803;
    private static final int MOST_CHANNELS = 5;
    private static final int MOST_ENTRIES = 512;

    /** What the JDK's reader unfolds at once, besides the picture itself. */
    private static final long MOST_BYTES = 100_000_000;

    private final HeaderBytes in;
    private final boolean big;
    private final int directory;

    private TiffHeader(HeaderBytes in) {
        this.in = in;
        this.big = in.u8(0) == 'M';
        this.directory = big ? in.bigEndian32(4) : in.littleEndian32(4);
    }

    static Outcome<ImageHeader> read(HeaderBytes in) {
        return new TiffHeader(in).read();
    }

    private Outcome<ImageHeader> read() {
        int entries = directory < 8 || directory + 2 > in.length() ? 0 : u16(directory);
        if (entries == 0 || entries > MOST_ENTRIES || directory + 2 + 12L * entries > in.length()) {
            return ImageHeader.unreadable("the TIFF has no directory, or is cut off");
        }
        long width = value(WIDTH, 0);
        long height = value(HEIGHT, 0);
        long channels = value(CHANNELS, 1);
        long bits = value(BITS, 1);
        boolean raw = value(DNG_VERSION, 0) != 0
                || value(PHOTOMETRIC, 0) == COLOUR_FILTER
                || (value(SUB_DIRECTORIES, 0) != 0 && value(COMPRESSION, 1) == 6);
        if (raw) {
            return Outcome.refused(
                    Refusal.Code.UNSUPPORTED_FORMAT, "this is a raw photo: develop it and save it as a JPEG");
        }
        if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            return ImageHeader.unreadable("the TIFF says " + width + "x" + height + " pixels");
        }
        if (channels < 1 || channels > MOST_CHANNELS || bits < 1 || bits > 16) {
            return Outcome.refused(
                    Refusal.Code.UNSUPPORTED_FORMAT,
                    "the TIFF has " + channels + " channels of " + bits + " bits: save it as a JPEG");
        }
        long tile = Math.max(1, value(TILE_WIDTH, 1)) * Math.max(1, value(TILE_HEIGHT, 1));
        long strip = width * Math.min(height, Math.max(1, value(ROWS_IN_STRIP, height)));
        long pixels = Math.max(width * height, Math.max(tile, strip));
        if (pixels > MOST_BYTES || pixels * channels * ((bits + 7) / 8) > MOST_BYTES) {
            return Outcome.refused(
                    Refusal.Code.IMAGE_TOO_LARGE,
                    "the TIFF of " + width + "x" + height + " pixels is too large to unfold: save it as a JPEG");
        }
        return ImageHeader.sized(ImageFormat.TIFF, (int) width, (int) height, false);
    }

    /** The first number of an entry, which may stand elsewhere in the file. */
    private long value(int tag, long byDefault) {
        for (int i = 0, at = directory + 2; i < u16(directory); i++, at += 12) {
            if (u16(at) == tag) {
                int type = u16(at + 2);
                long count = u32(at + 4);
                int size = type == 1 || type == 7 ? 1 : type == 3 ? 2 : 4;
                long from = count * size <= 4 ? at + 8 : u32(at + 8);
                if (from + size > in.length()) {
                    return 0;
                }
                return size == 1 ? in.u8((int) from) : size == 2 ? u16((int) from) : u32((int) from);
            }
        }
        return byDefault;
    }

    private int u16(int at) {
        return big ? in.bigEndian16(at) : in.littleEndian16(at);
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(big ? in.bigEndian32(at) : in.littleEndian32(at));
    }
}
