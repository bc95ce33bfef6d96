package dev.lintel.store.chain;

import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 with a key that only this box has: what it sealed cannot be made or changed by who has the database but
 * not the key. The key lies beside the database, readable by its owner alone, and is made on first use. Thread-safe.
 */
public final class Seals {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private Seals(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Reads the key, or makes one; blocks for a moment. */
    public static Seals open(StoreFiles files) {
        Path file = files.key();
        try {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            byte[] key = files.readOrCreateKey(fresh);
            if (key.length != KEY_BYTES) {
                throw new StoreException(
                        "the key of the event log, " + file.getFileName() + " beside the database, is damaged: put back"
                                + " its backup, or move it away to begin with a new one (what the old one sealed can then not be verified)");
            }
            return new Seals(key);
        } catch (IOException e) {
            throw new StoreException(
                    "the key of the event log, " + file.getFileName() + " beside the database, cannot be read or"
                            + " made: check its owner and mode. " + e,
                    e);
        }
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
