package dev.lintel.camera;

import java.util.Arrays;

/**
 * Cuts JPEGs out of bytes that come one after another and keeps the last whole one. What lies between them, is cut off or
 * too large is passed over. Follows markers and the lengths behind them (ITU-T T.81, annex B), so that a thumbnail within a
 * picture does not end it; decodes nothing. Confined to one thread.
 */
final class JpegCutter {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;

    private enum Where {
        /** Before the next picture. */
        OUTSIDE,
        /** Where a marker must follow. */
        MARKER,
        LENGTH_HIGH,
        LENGTH_LOW,
        /** In what a marker's length covers. */
        SEGMENT,
        /** In compressed data, up to the next marker. */
        SCAN
    }

    private final int largest;
    private byte[] bytes = new byte[1 << 16];
    private int size;
    private byte[] whole;
    private Where where = Where.OUTSIDE;
    private int previous;
    private int marker;
    private int left;

    /** @param largest bytes that a picture may have */
    JpegCutter(int largest) {
        this.largest = largest;
    }

    /** The first {@code length} of these bytes come next. */
    void put(byte[] from, int length) {
        for (int i = 0; i < length; i++) {
            put(from[i] & 0xff);
        }
    }

    /** The last whole picture; null if there is none that was not taken. */
    byte[] take() {
        byte[] taken = whole;
        whole = null;
        return taken;
    }

    /** Whether a picture has begun and not ended. */
    boolean midway() {
        return where != Where.OUTSIDE;
    }

    private void put(int next) {
        if (where != Where.OUTSIDE) {
            keep(next);
        }
        switch (where) {
            case OUTSIDE -> {
                if (previous == 0xff && next == SOI) {
                    begin();
                }
            }
            case MARKER -> {
                if (previous == 0xff && next != 0xff) {
                    marker(next);
                } else if (next != 0xff) {
                    where = Where.OUTSIDE;
                }
            }
            case LENGTH_HIGH -> {
                left = next << 8;
                where = Where.LENGTH_LOW;
            }
            case LENGTH_LOW -> {
                left += next - 2;
                where = left > 0 ? Where.SEGMENT : left == 0 ? behindSegment() : Where.OUTSIDE;
            }
            case SEGMENT -> {
                if (--left == 0) {
                    where = behindSegment();
                }
            }
            case SCAN -> {
                boolean data = next == 0 || next == 0xff || restart(next);
                if (previous == 0xff && !data) {
                    marker(next);
                }
            }
        }
        previous = next;
    }

    private void keep(int next) {
        if (size == largest) {
            where = Where.OUTSIDE;
            return;
        }
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(largest, 2 * size));
        }
        bytes[size++] = (byte) next;
    }

    private void begin() {
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) SOI;
        size = 2;
        where = Where.MARKER;
    }

    private void marker(int code) {
        marker = code;
        if (code == SOI) {
            begin(); // the one before was cut off
        } else if (code == EOI) {
            whole = Arrays.copyOf(bytes, size);
            where = Where.OUTSIDE;
        } else if (code == 0) {
            where = Where.OUTSIDE;
        } else if (!restart(code) && code != 1) {
            where = Where.LENGTH_HIGH;
        }
    }

    private Where behindSegment() {
        return marker == SOS ? Where.SCAN : Where.MARKER;
    }

    private static boolean restart(int code) {
        return code >= 0xd0 && code <= 0xd7;
    }
}
