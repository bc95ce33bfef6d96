package dev.lintel.vision;

import dev.lintel.face.Outcome;

/** A GIF's blocks up to the end of its first picture, which is the one that is looked at. */
final class GifHeader {
    private static final int PICTURE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int SCREEN = 13;

    private GifHeader() {}

    static Outcome<ImageHeader> read(HeaderBytes in) {
        int at = SCREEN + table(in.u8(10));
        while (in.u8(at) == EXTENSION) {
            at = afterBlocks(in, at + 2);
        }
        if (in.u8(at) != PICTURE) {
            return ImageHeader.unreadable("the GIF has no picture");
        }
        int width = in.littleEndian16(at + 5);
        int height = in.littleEndian16(at + 7);
        int end = afterBlocks(in, at + 10 + table(in.u8(at + 9)) + 1);
        return end > in.length()
                ? ImageHeader.unreadable("the GIF is cut off")
                : ImageHeader.sized(ImageFormat.GIF, width, height, false);
    }

    /** Bytes of the colours that a picture or the screen brings along. */
    private static int table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int afterBlocks(HeaderBytes in, int from) {
        int at = from;
        while (at < in.length() && in.u8(at) != 0) {
            at += in.u8(at) + 1;
        }
        return at + 1;
    }
}
