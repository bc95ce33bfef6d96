package dev.lintel.store.secrets;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PIN or a password as it is stored: PBKDF2 with HMAC-SHA-512, a salt of its own and {@value #ROUNDS} rounds, OWASP's figure
 * of 2023. Slow: not for an event loop. Holds the arrays it is given.
 */
public final class SlowHash {
    private static final int ROUNDS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Somebody's who has none, so that the answer about them takes as long. */
    public static final SlowHash NOBODYS = new SlowHash(new byte[SALT_BYTES], ROUNDS, new byte[HASH_BITS / 8]);

    private final byte[] salt;
    private final int rounds;
    private final byte[] hash;

    public SlowHash(byte[] salt, int rounds, byte[] hash) {
        this.salt = salt;
        this.rounds = rounds;
        this.hash = hash;
    }

    /** @param secret is overwritten */
    public static SlowHash of(char[] secret) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new SlowHash(salt, ROUNDS, derive(secret, salt, ROUNDS));
    }

    /** @param secret is overwritten */
    public boolean matches(char[] secret) {
        return MessageDigest.isEqual(hash, derive(secret, salt, rounds));
    }

    public byte[] salt() {
        return salt;
    }

    public int rounds() {
        return rounds;
    }

    public byte[] hash() {
        return hash;
    }

    private static byte[] derive(char[] secret, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(secret, salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
            Arrays.fill(secret, '0');
        }
    }

    @Override
    public String toString() {
        return "SlowHash[" + rounds + " rounds]";
    }
}
