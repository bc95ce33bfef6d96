package dev.lintel.vision;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import java.nio.charset.StandardCharsets;

/**
 * What an image says about itself before a single pixel is decoded.
 *
 * @param width in pixels as stored, before any EXIF orientation
 * @param height likewise
 * @param progressive a JPEG whose decoder must hold every coefficient in memory
 * @param unended a JPEG without an end: cut off, or made by a program that does not write one
 */
record ImageHeader(ImageFormat format, int width, int height, boolean progressive, boolean unended) {
    private static final String KINDS = "JPEG, PNG, WebP, BMP, GIF or TIFF";

    ImageHeader(ImageFormat format, int width, int height, boolean progressive) {
        this(format, width, height, progressive, false);
    }

    /** Reads the header; refused if the bytes are of no known format or say nothing sensible. */
    static Outcome<ImageHeader> read(byte[] bytes) {
        if (bytes.length == 0) {
            return unreadable("the file is empty");
        }
        HeaderBytes in = new HeaderBytes(bytes);
        if (in.startsWith(0, 0xff, 0xd8)) {
            return JpegHeader.read(in);
        }
        if (in.startsWith(0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return PngChunks.read(in);
        }
        if (in.startsWith(0, 'R', 'I', 'F', 'F') && in.startsWith(8, 'W', 'E', 'B', 'P')) {
            return webp(in);
        }
        if (in.startsWith(0, 'B', 'M')) {
            return BmpHeader.read(in);
        }
        if (in.startsWith(0, 'G', 'I', 'F', '8')) {
            return GifHeader.read(in);
        }
        if (in.startsWith(0, 'I', 'I', 42, 0) || in.startsWith(0, 'M', 'M', 0, 42)) {
            return TiffHeader.read(in);
        }
        return Outcome.refused(Refusal.Code.UNSUPPORTED_FORMAT, looksLike(in, bytes) + ": send a " + KINDS + " image");
    }

    private static Outcome<ImageHeader> webp(HeaderBytes in) {
        if (8 + Integer.toUnsignedLong(in.littleEndian32(4)) > in.length()) {
            return unreadable("the WebP is cut off");
        }
        if (in.startsWith(12, 'V', 'P', '8', 'X')) {
            return sized(ImageFormat.WEBP, in.littleEndian24(24) + 1, in.littleEndian24(27) + 1, false);
        }
        if (in.startsWith(12, 'V', 'P', '8', ' ') && in.startsWith(23, 0x9d, 0x01, 0x2a)) {
            return sized(ImageFormat.WEBP, in.littleEndian16(26) & 0x3fff, in.littleEndian16(28) & 0x3fff, false);
        }
        if (in.startsWith(12, 'V', 'P', '8', 'L') && in.startsWith(20, 0x2f)) {
            int bits = in.littleEndian32(21);
            return sized(ImageFormat.WEBP, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, false);
        }
        return unreadable("the WebP has no image header");
    }

    static Outcome<ImageHeader> sized(ImageFormat format, int width, int height, boolean progressive) {
        return width > 0 && height > 0
                ? Outcome.done(new ImageHeader(format, width, height, progressive))
                : unreadable("the " + format + " header says " + width + "x" + height + " pixels");
    }

    static Outcome<ImageHeader> unreadable(String why) {
        return Outcome.refused(Refusal.Code.UNREADABLE_IMAGE, why + ": send the image again");
    }

    private static String looksLike(HeaderBytes in, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
        if (start.startsWith("%PDF")) {
            return "this is a PDF";
        }
        if (in.startsWith(4, 'f', 't', 'y', 'p')) {
            return start.contains("avif") || start.contains("avis")
                    ? "this is an AVIF image; convert it with 'heif-convert photo.avif photo.jpg'"
                    : "this is a HEIC image or a video; let the phone take JPEG (iPhone: Settings, Camera, Formats, Most"
                            + " Compatible), or convert it with 'heif-convert photo.heic photo.jpg'";
        }
        if (start.startsWith("II") || start.startsWith("MM")) {
            return "this is a raw photo or a large TIFF";
        }
        if (start.startsWith("\0\0\1\0")) {
            return "this is an icon";
        }
        if (start.startsWith("PK\3\4")) {
            return "this is an archive or a document";
        }
        if (in.startsWith(0, 0, 0, 0, 0x0c, 'j', 'P') || in.startsWith(0, 0xff, 0x4f, 0xff, 0x51)) {
            return "this is a JPEG 2000 image";
        }
        if (in.startsWith(0, 0xff, 0x0a) || in.startsWith(0, 0, 0, 0, 0x0c, 'J', 'X', 'L')) {
            return "this is a JPEG XL image";
        }
        if (start.startsWith("RIFF")) {
            return "this is a sound or a video";
        }
        if (start.stripLeading().startsWith("<") || start.stripLeading().startsWith("{")) {
            return "this is text, not an image";
        }
        return "the file is no image that is known here";
    }
}
