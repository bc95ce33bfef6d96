package dev.lintel.vision;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import java.nio.charset.StandardCharsets;

/**
 * What an image says about itself before a single pixel is decoded.
 *
 * @param width in pixels as stored, before any EXIF orientation
 * @param height likewise
 */
record ImageHeader(ImageFormat format, int width, int height) {

  /** Reads the header; refused if the bytes are of no known format or say nothing sensible. */
  static Outcome<ImageHeader> read(byte[] bytes) {
    if (bytes.length == 0) {
      return unreadable("the file is empty");
    }
    HeaderBytes in = new HeaderBytes(bytes);
    if (in.startsWith(0, 0xff, 0xd8)) {
      return jpeg(in);
    }
    if (in.startsWith(0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
      return in.startsWith(12, 'I', 'H', 'D', 'R')
          ? sized(ImageFormat.PNG, in.bigEndian32(16), in.bigEndian32(20))
          : unreadable("the PNG has no header");
    }
    if (in.startsWith(0, 'R', 'I', 'F', 'F') && in.startsWith(8, 'W', 'E', 'B', 'P')) {
      return webp(in);
    }
    if (in.startsWith(0, 'B', 'M')) {
      return in.littleEndian32(14) == 12
          ? sized(ImageFormat.BMP, in.littleEndian16(18), in.littleEndian16(20))
          : sized(ImageFormat.BMP, in.littleEndian32(18), Math.abs(in.littleEndian32(22)));
    }
    return Outcome.refused(
        Refusal.Code.UNSUPPORTED_FORMAT, looksLike(in, bytes) + ": send a JPEG, PNG, WebP or BMP image");
  }

  private static Outcome<ImageHeader> jpeg(HeaderBytes in) {
    int at = 2;
    ImageHeader frame = null;
    while (at + 4 <= in.length()) {
      if (in.u8(at) != 0xff) {
        return unreadable("the JPEG's segments do not follow each other");
      }
      int marker = in.u8(at + 1);
      if (marker == 0xff) {
        at++;
        continue;
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        at += 2;
        continue;
      }
      if (marker == 0xda && frame != null) {
        return in.endsAfter(at, 0xff, 0xd9)
            ? sized(ImageFormat.JPEG, frame.width, frame.height)
            : unreadable("the JPEG is cut off");
      }
      boolean frameHeader = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frameHeader) {
        frame = new ImageHeader(ImageFormat.JPEG, in.bigEndian16(at + 7), in.bigEndian16(at + 5));
      }
      at += 2 + Math.max(2, in.bigEndian16(at + 2));
    }
    return unreadable(frame == null ? "the JPEG has no frame header" : "the JPEG is cut off");
  }

  private static Outcome<ImageHeader> webp(HeaderBytes in) {
    if (in.startsWith(12, 'V', 'P', '8', 'X')) {
      return sized(ImageFormat.WEBP, in.littleEndian24(24) + 1, in.littleEndian24(27) + 1);
    }
    if (in.startsWith(12, 'V', 'P', '8', ' ') && in.startsWith(23, 0x9d, 0x01, 0x2a)) {
      return sized(ImageFormat.WEBP, in.littleEndian16(26) & 0x3fff, in.littleEndian16(28) & 0x3fff);
    }
    if (in.startsWith(12, 'V', 'P', '8', 'L') && in.startsWith(20, 0x2f)) {
      int bits = in.littleEndian32(21);
      return sized(ImageFormat.WEBP, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
    }
    return unreadable("the WebP has no image header");
  }

  private static Outcome<ImageHeader> sized(ImageFormat format, int width, int height) {
    return width > 0 && height > 0
        ? Outcome.done(new ImageHeader(format, width, height))
        : unreadable("the " + format + " header says " + width + "x" + height + " pixels");
  }

  private static Outcome<ImageHeader> unreadable(String why) {
    return Outcome.refused(Refusal.Code.UNREADABLE_IMAGE, why + ": send the image again");
  }

  private static String looksLike(HeaderBytes in, byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    if (start.startsWith("GIF8")) {
      return "this is a GIF";
    }
    if (start.startsWith("%PDF")) {
      return "this is a PDF";
    }
    if (in.startsWith(4, 'f', 't', 'y', 'p')) {
      return start.contains("avif") ? "this is an AVIF image" : "this is a HEIC image or a video";
    }
    if (start.startsWith("II*") || start.startsWith("MM\0*")) {
      return "this is a TIFF or raw photo";
    }
    if (start.stripLeading().startsWith("<") || start.stripLeading().startsWith("{")) {
      return "this is text, not an image";
    }
    return "the file is no image that is known here";
  }
}
