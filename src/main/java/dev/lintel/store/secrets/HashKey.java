package dev.lintel.store.secrets;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that goes into the hash of what is short enough to be tried in full, such as a PIN: whoever has the database without the
 * file beside it can try nothing. Immutable.
 */
public final class HashKey {
    private static final int BYTES = 32;

    private final byte[] key;

    /** @param file content of its file, which begins with {@value #BYTES} random bytes */
    public HashKey(byte[] file) {
        if (file.length < BYTES) {
            throw new IllegalArgumentException("has " + file.length + " bytes instead of " + BYTES);
        }
        key = Arrays.copyOf(file, BYTES);
    }

    /** For a new file. */
    public static byte[] fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Tells this key from others, and nothing about it. */
    public String fingerprint() {
        return HexFormat.of().formatHex(mac("fingerprint".getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    /** What is to be hashed in place of the secret. @param secret is overwritten */
    public char[] into(char[] secret) {
        byte[] bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret)).array();
        try {
            return HexFormat.of()
                    .formatHex(mac(Arrays.copyOf(bytes, secret.length)))
                    .toCharArray();
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(secret, '0');
        }
    }

    private byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "HashKey[****]";
    }
}
