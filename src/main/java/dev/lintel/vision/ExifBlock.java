package dev.lintel.vision;

import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the EXIF block (a TIFF structure) out of an image. Everything else that files carry around, compressed
 * texts and colour profiles among it, stays closed: a few kilobytes of a PNG's text can unpack into gigabytes.
 */
final class ExifBlock {
    private static final int[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

    private ExifBlock() {}

    /** Empty where there is none, or none that can be reached by intact lengths. */
    static Optional<byte[]> of(byte[] image, ImageFormat format) {
        HeaderBytes in = new HeaderBytes(image);
        return switch (format) {
            case JPEG -> ofJpeg(in);
            case PNG -> ofPng(in);
            case WEBP -> ofWebp(in);
            case BMP, GIF -> Optional.empty();
            case TIFF -> Optional.of(image);
        };
    }

    private static Optional<byte[]> ofJpeg(HeaderBytes in) {
        int at = 2;
        while (at + 4 <= in.length() && in.u8(at) == 0xff && in.u8(at + 1) != 0xda) {
            int marker = in.u8(at + 1);
            if (marker == 0xff) {
                at++;
            } else if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
                at += 2;
            } else {
                int length = Math.max(2, in.bigEndian16(at + 2));
                if (marker == 0xe1 && in.startsWith(at + 4, PREFIX)) {
                    return cut(in, at + 4 + PREFIX.length, length - 2 - PREFIX.length);
                }
                at += 2 + length;
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> ofPng(HeaderBytes in) {
        long at = 8;
        while (at + 12 <= in.length()) {
            int chunk = (int) at;
            int length = in.bigEndian32(chunk);
            if (length < 0) {
                return Optional.empty();
            }
            if (in.startsWith(chunk + 4, 'e', 'X', 'I', 'f')) {
                return cut(in, chunk + 8, length);
            }
            at += 12L + length;
        }
        return Optional.empty();
    }

    private static Optional<byte[]> ofWebp(HeaderBytes in) {
        long at = 12;
        while (at + 8 <= in.length()) {
            int chunk = (int) at;
            int length = in.littleEndian32(chunk + 4);
            if (length < 0) {
                return Optional.empty();
            }
            if (in.startsWith(chunk, 'E', 'X', 'I', 'F')) {
                // Some writers keep JPEG's prefix here.
                int prefix = in.startsWith(chunk + 8, PREFIX) ? PREFIX.length : 0;
                return cut(in, chunk + 8 + prefix, length - prefix);
            }
            at += 8L + length + (length & 1);
        }
        return Optional.empty();
    }

    private static Optional<byte[]> cut(HeaderBytes in, int from, int length) {
        return length > 0 && from <= in.length() - length
                ? Optional.of(Arrays.copyOfRange(in.bytes(), from, from + length))
                : Optional.empty();
    }
}
