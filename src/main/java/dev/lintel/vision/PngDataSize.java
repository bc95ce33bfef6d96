package dev.lintel.vision;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Holds a PNG's compressed data against the size that its header gives. A decoder unpacks whatever follows the
 * last row only to throw it away: four megabytes of it, at a thousand to one, keep a core busy for seconds, long
 * after the request's deadline. Unpacking to nowhere up to the right size takes less than half as long as decoding.
 */
final class PngDataSize {
    /** Some writers add a little; this much is unpacked in milliseconds. */
    private static final int SLACK = 1 << 20;

    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    private PngDataSize() {}

    /** @throws IOException if a PNG that {@link PngChunks#read} accepted holds more data than pixels */
    static void check(byte[] png) throws IOException {
        HeaderBytes in = new HeaderBytes(png);
        long most = size(in) + SLACK;
        Inflater inflater = new Inflater();
        try {
            byte[] nowhere = new byte[1 << 16];
            for (int at = 8; in.bigEndian32(at + 4) != IEND; at += 12 + in.bigEndian32(at)) {
                if (in.bigEndian32(at + 4) == IDAT) {
                    inflater.setInput(png, at + 8, in.bigEndian32(at));
                    while (inflater.inflate(nowhere) > 0) {
                        if (inflater.getBytesWritten() > most) {
                            throw new IOException("the PNG holds more data than its size calls for");
                        }
                    }
                }
            }
        } catch (DataFormatException e) {
            // The decoder meets the damage at the same place and says so.
        } finally {
            inflater.end();
        }
    }

    /** Bytes of all rows with their filter bytes, unpacked. */
    private static long size(HeaderBytes in) {
        int width = in.bigEndian32(16);
        int height = in.bigEndian32(20);
        int bits = in.u8(24) * channels(in.u8(25));
        if (in.u8(28) == 0) {
            return rows(width, height, bits);
        }
        long sum = 0; // Adam7: each pass is a picture of its own
        int[][] passes = {
            {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
        };
        for (int[] p : passes) {
            sum += rows(
                    Math.max(0, (width - p[0] + p[2] - 1) / p[2]),
                    Math.max(0, (height - p[1] + p[3] - 1) / p[3]),
                    bits);
        }
        return sum;
    }

    private static long rows(long width, long height, int bits) {
        return width == 0 ? 0 : height * (1 + (width * bits + 7) / 8);
    }

    private static int channels(int colourType) {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }
}
