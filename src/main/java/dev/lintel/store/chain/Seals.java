package dev.lintel.store.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 with a key that only this box has: what it sealed cannot be made or changed by who has the database but
 * not the key. The key lies beside the database, readable by its owner alone. Thread-safe.
 */
public final class Seals {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException if this is no such key; says why */
    public Seals(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("has " + key.length + " bytes instead of " + KEY_BYTES);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** For a new file. */
    public static byte[] fresh() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Tells this key from others, and nothing about it: 16 hexadecimal digits. */
    public String fingerprint() {
        return HexFormat.of().formatHex(of("fingerprint"), 0, 8);
    }

    /** @param parts null, texts, numbers and byte arrays; each is bounded, so that no two lists give the same bytes */
    public byte[] of(Object... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (Object part : parts) {
                byte[] bytes = bytes(part);
                mac.update(ByteBuffer.allocate(5)
                        .put(tag(part))
                        .putInt(bytes.length)
                        .array());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    public boolean fits(byte[] seal, Object... parts) {
        return seal != null && MessageDigest.isEqual(seal, of(parts));
    }

    private static byte tag(Object part) {
        return (byte) (part == null ? 0 : part instanceof String ? 1 : part instanceof Number ? 2 : 3);
    }

    private static byte[] bytes(Object part) {
        if (part == null) {
            return new byte[0];
        }
        if (part instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return part instanceof Number number
                ? ByteBuffer.allocate(8).putLong(number.longValue()).array()
                : (byte[]) part;
    }
}
