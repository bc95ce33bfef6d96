package dev.lintel.store.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is personal before it goes to disk: AES-256-GCM with a random nonce for each record, and the record's place (column and
 * id) as associated data, so that what is moved to another row does not open there. What has to be looked up has a keyed hash
 * beside it. Immutable; thread-safe.
 *
 * <p>A sealed record: 4 bytes that say the form and tell the key, 12 of the nonce, the ciphertext, 16 of the tag.
 */
public final class Vault {
    /** Of the two keys together. */
    public static final int KEY_BYTES = 64;

    private static final byte FORM = 1;
    private static final int HEADER = 4;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec data;
    private final SecretKeySpec lookup;
    private final byte[] header;

    /** @param keys {@value #KEY_BYTES} random bytes; copied */
    public Vault(byte[] keys) {
        if (keys.length != KEY_BYTES) {
            throw new IllegalArgumentException("has " + keys.length + " bytes instead of " + KEY_BYTES);
        }
        data = new SecretKeySpec(Arrays.copyOf(keys, 32), "AES");
        lookup = new SecretKeySpec(Arrays.copyOfRange(keys, 32, 64), "HmacSHA256");
        byte[] mark = mac("mark", "");
        header = new byte[] {FORM, mark[0], mark[1], mark[2]};
    }

    /** Keys for a new vault. */
    public static byte[] fresh() {
        byte[] keys = new byte[KEY_BYTES];
        RANDOM.nextBytes(keys);
        return keys;
    }

    /** A record does not open: it was changed, or stood elsewhere, or is another vault's. The message names the place. */
    public static final class BrokenSeal extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenSeal(String message) {
            super(message);
        }
    }

    /** @param place the column and the id of the row */
    public byte[] seal(byte[] plain, String place) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, data, nonce, place);
            byte[] sealed = new byte[HEADER + NONCE + plain.length + TAG];
            System.arraycopy(header, 0, sealed, 0, HEADER);
            System.arraycopy(nonce, 0, sealed, HEADER, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, HEADER + NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** @throws BrokenSeal if this was not sealed by this vault for this place */
    public byte[] open(byte[] sealed, String place) {
        if (sealed.length < HEADER + NONCE + TAG || sealed[0] != FORM) {
            throw new BrokenSeal(place + " is not sealed");
        }
        if (!Arrays.equals(sealed, 1, HEADER, header, 1, HEADER)) {
            throw new BrokenSeal(place + " was sealed with another key");
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, HEADER, HEADER + NONCE);
            return cipher(Cipher.DECRYPT_MODE, data, nonce, place)
                    .doFinal(sealed, HEADER + NONCE, sealed.length - HEADER - NONCE);
        } catch (AEADBadTagException e) {
            throw new BrokenSeal(place + " was changed, or belongs to another row");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** What a text is looked up by: the same for the same text, and nothing can be read from it. 64 hexadecimal digits. */
    public String keyed(String kind, String text) {
        return HexFormat.of().formatHex(mac(kind, text));
    }

    private byte[] mac(String kind, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(lookup);
            byte[] first = kind.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(4).putInt(first.length).array());
            mac.update(first);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Keys wrapped by a master key. @param master 32 bytes */
    public static byte[] wrap(byte[] keys, byte[] master, String place) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] wrapped = cipher(Cipher.ENCRYPT_MODE, new SecretKeySpec(master, "AES"), nonce, place)
                    .doFinal(keys);
            return ByteBuffer.allocate(NONCE + wrapped.length)
                    .put(nonce)
                    .put(wrapped)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** @throws BrokenSeal if another master key wrapped them, or they were changed */
    public static byte[] unwrap(byte[] wrapped, byte[] master, String place) {
        if (wrapped.length < NONCE + TAG) {
            throw new BrokenSeal(place + " holds no keys");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, new SecretKeySpec(master, "AES"), Arrays.copyOf(wrapped, NONCE), place)
                    .doFinal(wrapped, NONCE, wrapped.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new BrokenSeal(place + " was wrapped by another key, or was changed");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** Tells a master key from others, and nothing about it: 16 hexadecimal digits. */
    public static String fingerprint(byte[] master) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("fingerprint".getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** 32 bytes of whatever length was given. */
    public static byte[] digest(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Vault[****]";
    }
}
