package dev.lintel.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes, by the rules of nothing but the given random source. */
final class Mutations {
    private static final byte[][] TOKENS = {
        {},
        {0},
        {(byte) 0xff},
        {(byte) 0xff, (byte) 0xd9},
        {(byte) 0xff, (byte) 0xda},
        {(byte) 0xff, (byte) 0xc4},
        {(byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
        {(byte) 0x80, 0, 0, 0},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
        {0, 0, 0, 0},
        "\r\n".getBytes(StandardCharsets.US_ASCII),
        "\n".getBytes(StandardCharsets.US_ASCII),
        "--".getBytes(StandardCharsets.US_ASCII),
        "IDAT".getBytes(StandardCharsets.US_ASCII),
        "VP8 ".getBytes(StandardCharsets.US_ASCII),
        "Exif\0\0".getBytes(StandardCharsets.US_ASCII),
        ";".getBytes(StandardCharsets.US_ASCII),
        "\"".getBytes(StandardCharsets.US_ASCII),
        "%00".getBytes(StandardCharsets.US_ASCII),
    };

    private Mutations() {}

    /** One to a dozen changes, more often near the beginning, where headers are. */
    static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 3);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private static byte[] change(byte[] bytes, Random random) {
        int at = position(bytes.length, random);
        switch (random.nextInt(9)) {
            case 0:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            case 2:
                return splice(bytes, at, 0, TOKENS[random.nextInt(TOKENS.length)]);
            case 3:
                byte[] token = TOKENS[random.nextInt(TOKENS.length)];
                return splice(bytes, at, token.length, token);
            case 4:
                return splice(bytes, at, 1 + random.nextInt(64), new byte[0]);
            case 5:
                return splice(
                        bytes,
                        at,
                        0,
                        Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(256))));
            case 6:
                int to = Math.min(bytes.length, at + 1 + random.nextInt(32));
                for (int i = at; i < to; i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
                return bytes;
            case 7:
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(128)), (byte)
                        (random.nextBoolean() ? 0 : 255));
                return bytes;
            default:
                return Arrays.copyOf(
                        bytes,
                        random.nextInt(3) == 0
                                ? position(bytes.length, random)
                                : bytes.length - random.nextInt(Math.min(bytes.length, 64)));
        }
    }

    /** A position; half of them among the first 256 bytes. */
    private static int position(int length, Random random) {
        return random.nextInt(random.nextBoolean() ? Math.min(length, 256) : length);
    }

    static byte[] splice(byte[] bytes, int at, int cut, byte[] insert) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + insert.length);
        out.write(bytes, 0, at);
        out.writeBytes(insert);
        int rest = Math.min(bytes.length, at + cut);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    static byte[] noise(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
