package dev.lintel.vision;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;

/**
 * Walks a JPEG from marker to marker to its end, without decoding: its size, whether it has an end, and whether
 * it would keep a decoder busy out of all proportion.
 */
final class JpegHeader {
    /** Ordinary progressive files have about ten; each one costs a pass over every pixel. */
    private static final int MAX_SCANS = 60;

    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int SOF10 = 0xca;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;

    private final HeaderBytes in;
    private int at = 2;

    private JpegHeader(HeaderBytes in) {
        this.in = in;
    }

    /** Refused if cut off before its data, malformed, or of a kind that no camera writes. */
    static Outcome<ImageHeader> read(HeaderBytes in) {
        return new JpegHeader(in).walk();
    }

    private Outcome<ImageHeader> walk() {
        ImageHeader frame = null;
        int scans = 0;
        while (true) {
            int marker = nextMarker();
            if (marker < 0) {
                return scans == 0 ? ImageHeader.unreadable(noData(frame)) : unended(frame);
            }
            if (marker == EOI) {
                return scans == 0
                        ? ImageHeader.unreadable("the JPEG has no image data")
                        : ImageHeader.sized(ImageFormat.JPEG, frame.width(), frame.height(), frame.progressive());
            }
            if (standsAlone(marker)) {
                continue;
            }
            int length = in.bigEndian16(at);
            if (length < 2 || at + length > in.length()) {
                return scans == 0 ? ImageHeader.unreadable("the JPEG is cut off") : unended(frame);
            }
            if (isFrame(marker)) {
                String fault = frameFault(marker, frame);
                if (fault != null) {
                    return Outcome.refused(Refusal.Code.UNSUPPORTED_FORMAT, fault + ": save it as a plain JPEG");
                }
                boolean progressive = marker == SOF2 || marker == SOF10;
                frame = new ImageHeader(ImageFormat.JPEG, in.bigEndian16(at + 5), in.bigEndian16(at + 3), progressive);
            } else if (marker == SOS) {
                if (frame == null) {
                    return ImageHeader.unreadable("the JPEG has no frame header");
                }
                if (++scans > MAX_SCANS) {
                    return Outcome.refused(
                            Refusal.Code.IMAGE_TOO_LARGE,
                            "the JPEG has more than " + MAX_SCANS + " scans: save it again as a plain JPEG");
                }
            }
            at += length;
        }
    }

    private static String noData(ImageHeader frame) {
        return frame == null ? "the JPEG has no frame header" : "the JPEG is cut off";
    }

    /** How much of the picture there is, {@link JpegScan} says. */
    private static Outcome<ImageHeader> unended(ImageHeader frame) {
        return ImageHeader.sized(ImageFormat.JPEG, frame.width(), frame.height(), frame.progressive())
                .map(h -> new ImageHeader(h.format(), h.width(), h.height(), h.progressive(), true));
    }

    /**
     * The next marker's code with {@code at} behind it, or -1 at the end. Passes over what stands between markers:
     * compressed data, where a 0xff is followed by 0 or by a restart marker, and padding.
     */
    private int nextMarker() {
        byte[] bytes = in.bytes();
        for (int i = at; i < bytes.length - 1; i++) {
            if (bytes[i] == (byte) 0xff) {
                int code = bytes[i + 1] & 0xff;
                if (code != 0 && code != 0xff && !(code >= 0xd0 && code <= 0xd7)) {
                    at = i + 2;
                    return code;
                }
            }
        }
        return -1;
    }

    private String frameFault(int marker, ImageHeader before) {
        if (before != null) {
            return "the JPEG has two frame headers";
        }
        if (marker != SOF0 && marker != SOF0 + 1 && marker != SOF2 && marker != 0xc9 && marker != SOF10) {
            return "the JPEG is lossless or hierarchical, which is not read here";
        }
        if (in.u8(at + 2) != 8) {
            return "the JPEG has " + in.u8(at + 2) + " bits a channel, only 8 are read";
        }
        int channels = in.u8(at + 7);
        return channels == 1 || channels == 3 || channels == 4 ? null : "the JPEG has " + channels + " colour channels";
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean standsAlone(int marker) {
        return marker == 0x01 || marker == 0xd8;
    }
}
