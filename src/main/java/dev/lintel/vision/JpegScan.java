package dev.lintel.vision;

import java.util.Arrays;

/**
 * How much of a JPEG's picture is in its data, by reading the codes without their values (ITU-T T.81, annex F). A decoder
 * paints what is missing in one colour and says nothing. Of a progressive picture only the first scan of each channel counts:
 * what comes later makes it sharper.
 */
final class JpegScan {
    private static final int SOS = 0xda;
    private static final int DHT = 0xc4;
    private static final int DRI = 0xdd;
    private static final int EOI = 0xd9;
    private static final int BLOCK = 64;

    /** The tables of T.81, annex K.3, which the pictures of some video cameras leave out. */
    private static final Table[] STANDARD = {
        Table.of(new int[] {0, 1, 5, 1, 1, 1, 1, 1, 1}, "000102030405060708090a0b"),
        Table.of(new int[] {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1}, "000102030405060708090a0b"),
        Table.of(
                new int[] {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d},
                "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a34"
                        + "35363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92"
                        + "939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3"
                        + "e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"),
        Table.of(
                new int[] {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77},
                "0001020311040521310612415107617113223281081442 91a1b1c109233352f0156272d10a162434e125f11718191a262728"
                                .replace(" ", "")
                        + "292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788"
                        + "898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da"
                        + "e2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa")
    };

    private final byte[] bytes;
    private final Table[] tables = {STANDARD[0], STANDARD[1], null, null, STANDARD[2], STANDARD[3], null, null};
    private int at = 2;
    private int restart;
    private boolean progressive;
    private boolean arithmetic;
    private int width;
    private int height;
    private int[] ids = {};
    private int[] across = {};
    private int[] down = {};
    private double[] coded = {};

    /** The bits that were read and not used yet, the next one highest of {@code bits}. */
    private long buffer;

    private int bits;

    private JpegScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * 1: all of it; 0.5: its upper half, as stored.
     *
     * @param jpeg as {@link JpegHeader} accepts it
     */
    static double intact(byte[] jpeg) {
        return new JpegScan(jpeg).read();
    }

    private double read() {
        while (at + 4 <= bytes.length) {
            if (u8(at) != 0xff || u8(at + 1) == 0 || u8(at + 1) == 0xff) {
                at++;
                continue;
            }
            int marker = u8(at + 1);
            at += 2;
            if (marker == EOI) {
                break;
            }
            if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
                continue;
            }
            int length = u16(at);
            int end = Math.min(bytes.length, at + length);
            switch (marker) {
                case DHT -> tables(at + 2, end);
                case DRI -> restart = u16(at + 2);
                case SOS -> {
                    scan(at + 2, end);
                    end = at;
                }
                default -> {
                    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc8 && marker != 0xcc) {
                        frame(marker, at + 2);
                    }
                }
            }
            at = end;
        }
        return arithmetic ? 1 : Arrays.stream(coded).min().orElse(0);
    }

    private void frame(int marker, int from) {
        progressive = marker == 0xc2;
        arithmetic = marker >= 0xc9;
        height = u16(from + 1);
        width = u16(from + 3);
        int channels = u8(from + 5);
        ids = new int[channels];
        across = new int[channels];
        down = new int[channels];
        coded = new double[channels];
        for (int i = 0; i < channels; i++) {
            ids[i] = u8(from + 6 + 3 * i);
            across[i] = Math.max(1, u8(from + 7 + 3 * i) >> 4);
            down[i] = Math.max(1, u8(from + 7 + 3 * i) & 15);
        }
    }

    private void tables(int from, int end) {
        int i = from;
        while (i + 17 <= end) {
            int number = u8(i) & 3 | u8(i) >> 2 & 4;
            int[] counts = new int[16];
            int total = 0;
            for (int k = 0; k < 16; k++) {
                counts[k] = u8(i + 1 + k);
                total += counts[k];
            }
            if (i + 17 + total > end) {
                return;
            }
            tables[number] = new Table(counts, Arrays.copyOfRange(bytes, i + 17, i + 17 + total));
            i += 17 + total;
        }
    }

    /** Leaves {@code at} behind the compressed data as far as they were read. */
    private void scan(int from, int end) {
        int count = u8(from);
        int[] channels = new int[count];
        Table[] dc = new Table[count];
        Table[] ac = new Table[count];
        for (int i = 0; i < count; i++) {
            int id = u8(from + 1 + 2 * i);
            channels[i] = -1;
            for (int c = 0; c < ids.length; c++) {
                if (ids[c] == id) {
                    channels[i] = c;
                }
            }
            dc[i] = tables[u8(from + 2 + 2 * i) >> 4 & 3];
            ac[i] = tables[4 + (u8(from + 2 + 2 * i) & 3)];
        }
        boolean first = !progressive || (u8(from + 1 + 2 * count) == 0 && u8(from + 3 + 2 * count) >> 4 == 0);
        at = end;
        if (arithmetic || !first || count == 0 || Arrays.stream(channels).anyMatch(c -> c < 0)) {
            return;
        }
        double share = share(channels, dc, ac);
        for (int channel : channels) {
            coded[channel] = Math.max(coded[channel], share);
        }
    }

    private double share(int[] channels, Table[] dc, Table[] ac) {
        int most = Arrays.stream(across).max().orElse(1);
        int mostDown = Arrays.stream(down).max().orElse(1);
        boolean alone = channels.length == 1;
        int c = channels[0];
        int columns = alone ? up(up(width * across[c], most), 8) : up(width, 8 * most);
        int rows = alone ? up(up(height * down[c], mostDown), 8) : up(height, 8 * mostDown);
        long units = (long) columns * rows;
        bits = 0;
        for (long unit = 0; unit < units; unit++) {
            if (restart > 0 && unit > 0 && unit % restart == 0 && !restarted((int) (unit / restart - 1) & 7)) {
                return (double) unit / units;
            }
            for (int i = 0; i < channels.length; i++) {
                int blocks = alone ? 1 : across[channels[i]] * down[channels[i]];
                for (int b = 0; b < blocks; b++) {
                    if (!block(dc[i], ac[i])) {
                        return (double) unit / units;
                    }
                }
            }
        }
        return 1;
    }

    /** Passes over the restart marker of this number, if it is the next. */
    private boolean restarted(int number) {
        bits = 0;
        int i = at;
        while (i < bytes.length && u8(i) == 0xff && u8(i + 1) == 0xff) {
            i++;
        }
        if (u8(i) != 0xff || u8(i + 1) != 0xd0 + number) {
            return false;
        }
        at = i + 2;
        return true;
    }

    /** Reads the codes of one block; false where there is none. */
    private boolean block(Table dc, Table ac) {
        int size = dc == null ? -1 : symbol(dc);
        if (size < 0 || size > 16 || !skip(size)) {
            return false;
        }
        if (progressive) {
            return true;
        }
        for (int k = 1; k < BLOCK; k++) {
            int code = ac == null ? -1 : symbol(ac);
            if (code < 0) {
                return false;
            }
            int value = code & 15;
            int zeros = code >> 4;
            if (value == 0 && zeros != 15) {
                return true;
            }
            k += zeros;
            if (k >= BLOCK && value != 0 || !skip(value)) {
                return false;
            }
        }
        return true;
    }

    private int symbol(Table table) {
        fill();
        int look = bits >= Table.LOOK
                ? (int) (buffer >> bits - Table.LOOK) & (1 << Table.LOOK) - 1
                : (int) (buffer << Table.LOOK - bits) & (1 << Table.LOOK) - 1;
        int quick = table.quick[look];
        if (quick != 0 && (quick >> 8) <= bits) {
            bits -= quick >> 8;
            return quick & 0xff;
        }
        int code = 0;
        for (int length = 1; length <= 16; length++) {
            if (bits == 0) {
                return -1;
            }
            code = code << 1 | (int) (buffer >> --bits) & 1;
            if (table.last[length] >= code && table.last[length] >= 0 && code >= table.first[length]) {
                return table.values[table.index[length] + code - table.first[length]] & 0xff;
            }
        }
        return -1;
    }

    private boolean skip(int count) {
        if (bits < count) {
            fill();
        }
        if (bits < count) {
            return false;
        }
        bits -= count;
        return true;
    }

    /** Takes up bytes until there are 32 bits or a marker comes. */
    private void fill() {
        while (bits <= 32) {
            if (at >= bytes.length) {
                return;
            }
            int next = bytes[at] & 0xff;
            if (next == 0xff) {
                if (at + 1 >= bytes.length || bytes[at + 1] != 0) {
                    return;
                }
                at++;
            }
            at++;
            buffer = buffer << 8 | next;
            bits += 8;
        }
    }

    private static int up(int a, int b) {
        return (a + b - 1) / b;
    }

    private int u8(int i) {
        return i < bytes.length ? bytes[i] & 0xff : 0;
    }

    private int u16(int i) {
        return u8(i) << 8 | u8(i + 1);
    }

    /** A Huffman table: for each length the first and the last code, and where their values begin. */
    private static final class Table {
        static final int LOOK = 9;

        final int[] first = new int[17];
        final int[] last = new int[17];
        final int[] index = new int[17];
        final byte[] values;

        /** By the next bits: the length of the code in the upper byte, its value in the lower; 0 if it is longer. */
        final int[] quick = new int[1 << LOOK];

        Table(int[] counts, byte[] values) {
            this.values = values;
            int code = 0;
            int at = 0;
            for (int length = 1; length <= 16; length++) {
                first[length] = code;
                index[length] = at;
                for (int i = 0; i < counts[length - 1]; i++, code++, at++) {
                    int from = code << Math.max(0, LOOK - length);
                    for (int k = 0; length <= LOOK && k < 1 << LOOK - length && from + k < quick.length; k++) {
                        quick[from + k] = length << 8 | values[at] & 0xff;
                    }
                }
                last[length] = counts[length - 1] == 0 ? -1 : code - 1;
                code <<= 1;
            }
        }

        static Table of(int[] counts, String hex) {
            return new Table(Arrays.copyOf(counts, 16), java.util.HexFormat.of().parseHex(hex));
        }
    }
}
