package dev.lintel.vision;

import dev.lintel.face.Outcome;
import java.io.ByteArrayOutputStream;

/**
 * A PNG as its chunks. Decoders get only the four kinds that hold the first picture: everything else, compressed
 * texts, colour profiles and animation among it, is attack surface without use here.
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    private PngChunks() {}

    /** Refused if malformed or cut off. */
    static Outcome<ImageHeader> read(HeaderBytes in) {
        if (in.bigEndian32(SIGNATURE) != 13 || in.bigEndian32(SIGNATURE + 4) != IHDR) {
            return ImageHeader.unreadable("the PNG has no header");
        }
        boolean pixels = false;
        for (int at = SIGNATURE; ; at = next(in, at)) {
            if (next(in, at) < 0) {
                return ImageHeader.unreadable("the PNG is cut off");
            }
            int kind = in.bigEndian32(at + 4);
            pixels |= kind == IDAT;
            if (kind == IEND) {
                return pixels
                        ? ImageHeader.sized(ImageFormat.PNG, in.bigEndian32(16), in.bigEndian32(20), false)
                        : ImageHeader.unreadable("the PNG has no image data");
            }
        }
    }

    /** The same picture without the chunks that no decoder should see; a PNG that {@link #read} accepted. */
    static byte[] essentials(byte[] png) {
        HeaderBytes in = new HeaderBytes(png);
        ByteArrayOutputStream out = new ByteArrayOutputStream(png.length);
        out.write(png, 0, SIGNATURE);
        for (int at = SIGNATURE; at >= 0 && at < png.length; at = next(in, at)) {
            int kind = in.bigEndian32(at + 4);
            boolean wanted =
                    kind == IHDR ? at == SIGNATURE : kind == PLTE || kind == TRNS || kind == IDAT || kind == IEND;
            if (wanted) {
                out.write(png, at, FRAME + in.bigEndian32(at));
            }
            if (kind == IEND) {
                break;
            }
        }
        return out.toByteArray();
    }

    /** Where the chunk after this one begins; -1 if this one is not all there. */
    private static int next(HeaderBytes in, int at) {
        int length = in.bigEndian32(at);
        long end = (long) at + FRAME + length;
        return length >= 0 && end <= in.length() ? (int) end : -1;
    }
}
