package dev.lintel.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small uploads that unpack into much: image headers that promise gigabytes, and compressed nothing. */
final class Bombs {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Bombs() {}

    record Bomb(String name, byte[] bytes) {}

    /** Built once: the larger ones take a moment. {@code jpeg} is a sound baseline JPEG to start from. */
    static List<Bomb> all(byte[] jpeg, byte[] progressive) {
        byte[] zeros = repeatedZeros(8 << 20, 40);
        return List.of(
                new Bomb("jpeg 65535x65535", jpegOfSize(jpeg, 65_535, 65_535)),
                new Bomb("jpeg 65500x20", jpegOfSize(jpeg, 65_500, 20)),
                new Bomb("jpeg 1x1", jpegOfSize(jpeg, 1, 1)),
                new Bomb("jpeg 0x0", jpegOfSize(jpeg, 0, 0)),
                new Bomb("jpeg 8000x6000, empty", jpegOfSize(jpeg, 8_000, 6_000)),
                new Bomb("progressive 6000x6000, empty", jpegOfSize(progressive, 6_000, 6_000)),
                new Bomb("progressive 4000x3000 of 300 scans", manyScans(jpegOfSize(progressive, 4_000, 3_000), 300)),
                new Bomb("png 2^31-1", png(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 6, zeros)),
                new Bomb("png 100000x100000, 320 MB of zeros", png(100_000, 100_000, 1, 0, zeros)),
                new Bomb("png 6900x6900 of 16-bit RGBA", png(6_900, 6_900, 16, 6, repeatedZeros(8 << 20, 46))),
                new Bomb("png 16x16 with 320 MB of zeros", png(16, 16, 8, 2, zeros)),
                new Bomb("png with 4 GB of zeros in 4 MB", png(640, 480, 8, 2, repeatedZeros(8 << 20, 512))),
                new Bomb("png that claims 2 GB of IDAT", pngClaiming(Integer.MAX_VALUE)),
                new Bomb("png with 320 MB in a text chunk", pngWith("zTXt", zeros, 2)),
                new Bomb("png with 320 MB in a colour profile", pngWith("iCCP", zeros, 2)),
                new Bomb("palette png with 320 MB in a text chunk", pngWith("zTXt", zeros, 3)),
                new Bomb("bmp 30000x30000", bmp(30_000, 30_000, 24)),
                new Bomb("bmp of negative height", bmp(640, Integer.MIN_VALUE, 24)),
                new Bomb("bmp of 2^31-1 by 1", bmp(Integer.MAX_VALUE, 1, 1)),
                new Bomb("bmp of 8000x6000 without pixels", bmp(8_000, 6_000, 32)),
                new Bomb("webp 16383x16383", webp(16_383, 16_383)),
                new Bomb("webp of a 2^24 canvas", webpCanvas(1 << 24, 1 << 24)),
                new Bomb("gif of 65535x65535", gif(65_535, 65_535, 1)),
                new Bomb("gif of 10000 pictures", gif(16, 16, 10_000)),
                new Bomb("webp of 10000 pictures of 16383x16383", animatedWebp(10_000)),
                new Bomb("jpeg with 60000 entries of EXIF that point at each other", withExif(jpeg)),
                new Bomb("gif", "GIF89a\u00ff\u00ff\u00ff\u00ff\0\0\0;".getBytes(StandardCharsets.ISO_8859_1)),
                new Bomb("tiff", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, (byte) 0xff, (byte) 0xff}),
                new Bomb(
                        "svg with entities",
                        ("<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'aaaa'>"
                                        + "<!ENTITY b '&a;&a;&a;&a;'>]><svg>&b;</svg>")
                                .getBytes(StandardCharsets.US_ASCII)),
                new Bomb("5 MB of zero bytes", new byte[5 << 20]),
                new Bomb("5 MB of 0xff", filled(5 << 20, (byte) 0xff)));
    }

    /** The JPEG with another size in its frame header. */
    static byte[] jpegOfSize(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        int frame = marker(changed, 0, 0xc0, 0xc1, 0xc2);
        ByteBuffer.wrap(changed).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
        return changed;
    }

    /** The progressive JPEG with its last scan repeated: each repetition visits every block of the image. */
    static byte[] manyScans(byte[] jpeg, int times) {
        int last = -1;
        for (int at = marker(jpeg, 0, 0xda); at >= 0; at = marker(jpeg, at + 2, 0xda)) {
            last = at;
        }
        byte[] scan = Arrays.copyOfRange(jpeg, last, Math.min(jpeg.length - 2, last + 64));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < times; i++) {
            out.writeBytes(scan);
        }
        out.write(0xff);
        out.write(0xd9);
        return out.toByteArray();
    }

    /** Index of the next marker of one of these kinds, or -1. Scan data holds no markers but RST. */
    private static int marker(byte[] jpeg, int from, int... kinds) {
        for (int i = from; i < jpeg.length - 1; i++) {
            int kind = jpeg[i + 1] & 0xff;
            if ((jpeg[i] & 0xff) == 0xff && Arrays.stream(kinds).anyMatch(k -> k == kind)) {
                return i;
            }
        }
        return -1;
    }

    static byte[] png(int width, int height, int depth, int colour, byte[] compressed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG);
        out.writeBytes(header(width, height, depth, colour));
        out.writeBytes(chunk("IDAT", compressed, compressed.length));
        out.writeBytes(chunk("IEND", new byte[0], 0));
        return out.toByteArray();
    }

    private static byte[] pngClaiming(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG);
        out.writeBytes(header(640, 480, 8, 2));
        out.writeBytes(chunk("IDAT", new byte[64], length));
        return out.toByteArray();
    }

    /** A sound PNG of 64x64 but for one chunk before its pixels: a name, and what it calls compressed text. */
    private static byte[] pngWith(String type, byte[] compressed, int colour) {
        byte[] text = new byte[compressed.length + 3];
        text[0] = 'a';
        System.arraycopy(compressed, 0, text, 3, compressed.length);
        byte[] pixels = deflated(new byte[64 * (1 + 64 * (colour == 2 ? 3 : 1))]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG);
        out.writeBytes(header(64, 64, 8, colour));
        if (colour == 3) {
            out.writeBytes(chunk("PLTE", new byte[] {0, 0, 0}, 3));
        }
        out.writeBytes(chunk(type, text, text.length));
        out.writeBytes(chunk("IDAT", pixels, pixels.length));
        out.writeBytes(chunk("IEND", new byte[0], 0));
        return out.toByteArray();
    }

    private static byte[] header(int width, int height, int depth, int colour) {
        byte[] data = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colour)
                .array();
        return chunk("IHDR", data, data.length);
    }

    private static byte[] chunk(String type, byte[] data, int claimed) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(claimed)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /** A zlib stream of {@code times} blocks of zeros, without its checksum: inflating goes on until somebody stops it. */
    private static byte[] repeatedZeros(int block, int times) {
        Deflater deflater = new Deflater(9);
        byte[] buffer = new byte[block / 100];
        deflater.setInput(new byte[block]);
        int first = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        byte[] out = Arrays.copyOf(buffer, first);
        deflater.setInput(new byte[block]);
        int size = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        deflater.end();
        byte[] all = Arrays.copyOf(out, first + size * (times - 1));
        for (int i = 0; i < times - 1; i++) {
            System.arraycopy(buffer, 0, all, first + i * size, size);
        }
        return all;
    }

    static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(plain);
        deflater.finish();
        byte[] buffer = new byte[plain.length + 64];
        int size = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, size);
    }

    private static byte[] bmp(int width, int height, int bits) {
        return ByteBuffer.allocate(54 + 64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'B')
                .put((byte) 'M')
                .putInt(54 + 64)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) bits)
                .putInt(0)
                .putInt(0)
                .putInt(2835)
                .putInt(2835)
                .putInt(0)
                .putInt(0)
                .array();
    }

    /** A lossless WebP whose header claims a size and whose data ends at once. */
    private static byte[] webp(int width, int height) {
        int size = (width - 1) | (height - 1) << 14;
        byte[] data = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x2f)
                .putInt(size)
                .array();
        return riff("VP8L", data);
    }

    private static byte[] webpCanvas(int width, int height) {
        byte[] data = new byte[10];
        data[0] = 0x10;
        for (int i = 0; i < 3; i++) {
            data[4 + i] = (byte) ((width - 1) >> (8 * i));
            data[7 + i] = (byte) ((height - 1) >> (8 * i));
        }
        return riff("VP8X", data);
    }

    private static byte[] riff(String type, byte[] data) {
        return ByteBuffer.allocate(20 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + data.length)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static byte[] gif(int width, int height, int pictures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {
            (byte) width,
            (byte) (width >> 8),
            (byte) height,
            (byte) (height >> 8),
            (byte) 0x80,
            0,
            0,
            0,
            0,
            0,
            -1,
            -1,
            -1
        });
        for (int i = 0; i < pictures; i++) {
            out.writeBytes(new byte[] {
                0x2c,
                0,
                0,
                0,
                0,
                (byte) width,
                (byte) (width >> 8),
                (byte) height,
                (byte) (height >> 8),
                0,
                2,
                2,
                0x4c,
                1,
                0
            });
        }
        out.write(0x3b);
        return out.toByteArray();
    }

    /** A canvas of 16x16, in which each picture claims to be the largest that there can be. */
    private static byte[] animatedWebp(int pictures) {
        ByteBuffer frames = ByteBuffer.allocate(64 + pictures * 64).order(ByteOrder.LITTLE_ENDIAN);
        frames.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(2);
        frames.put(new byte[] {15, 0, 0, 15, 0, 0});
        frames.put("ANIM".getBytes(StandardCharsets.US_ASCII))
                .putInt(6)
                .putInt(-1)
                .putShort((short) 0);
        for (int i = 0; i < pictures; i++) {
            frames.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(16 + 8 + 12);
            frames.put(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xfe, 0x3f, 0, (byte) 0xfe, 0x3f, 0, 1, 0, 0, 0});
            frames.put("VP8L".getBytes(StandardCharsets.US_ASCII)).putInt(12).put((byte) 0x2f);
            frames.putInt(16_382 | 16_382 << 14).put(new byte[7]);
        }
        byte[] body = Arrays.copyOf(frames.array(), frames.position());
        return ByteBuffer.allocate(12 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + body.length)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .array();
    }

    /** The JPEG behind blocks of EXIF of which every entry is a directory that begins where its own does. */
    private static byte[] withExif(byte[] jpeg) {
        int entries = 5_000;
        ByteBuffer block = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 * entries + 4);
        block.putShort((short) 0xffe1).putShort((short) (block.capacity() - 2));
        block.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) entries);
        for (int i = 0; i < entries; i++) {
            block.putShort((short) (i % 2 == 0 ? 0x8769 : 0x8825))
                    .putShort((short) 4)
                    .putInt(1)
                    .putInt(8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        for (int i = 0; i < 12; i++) {
            out.writeBytes(block.array());
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] filled(int size, byte value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
