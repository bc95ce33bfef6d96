package dev.lintel.vision;

/** Reads numbers from untrusted bytes; beyond the end everything is 0. */
record HeaderBytes(byte[] bytes) {

    int length() {
        return bytes.length;
    }

    int u8(int at) {
        return at >= 0 && at < bytes.length ? bytes[at] & 0xff : 0;
    }

    int bigEndian16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int bigEndian32(int at) {
        return bigEndian16(at) << 16 | bigEndian16(at + 2);
    }

    int littleEndian16(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int littleEndian24(int at) {
        return littleEndian16(at) | u8(at + 2) << 16;
    }

    int littleEndian32(int at) {
        return littleEndian16(at) | littleEndian16(at + 2) << 16;
    }

    boolean startsWith(int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            if (at + i >= bytes.length || u8(at + i) != values[i]) {
                return false;
            }
        }
        return true;
    }
}
