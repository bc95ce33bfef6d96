package dev.lintel.store.people;

import dev.lintel.access.Pin;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PIN as it is stored: PBKDF2 with HMAC-SHA-512, a salt of its own and {@value #ROUNDS} rounds, OWASP's figure of 2023. A
 * few digits stay few digits: whoever has the file can try them all, only slowly; the hash keeps them from being read.
 * Slow: not for an event loop. Holds the arrays it is given.
 */
final class PinHash {
    private static final int ROUNDS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Somebody's who has none, so that the answer about them takes as long. */
    static final PinHash NOBODYS = new PinHash(new byte[SALT_BYTES], ROUNDS, new byte[HASH_BITS / 8]);

    private final byte[] salt;
    private final int rounds;
    private final byte[] hash;

    PinHash(byte[] salt, int rounds, byte[] hash) {
        this.salt = salt;
        this.rounds = rounds;
        this.hash = hash;
    }

    static PinHash of(Pin pin) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PinHash(salt, ROUNDS, derive(pin, salt, ROUNDS));
    }

    boolean matches(Pin pin) {
        return MessageDigest.isEqual(hash, derive(pin, salt, rounds));
    }

    byte[] salt() {
        return salt;
    }

    int rounds() {
        return rounds;
    }

    byte[] hash() {
        return hash;
    }

    private static byte[] derive(Pin pin, byte[] salt, int rounds) {
        char[] digits = pin.digits();
        PBEKeySpec spec = new PBEKeySpec(digits, salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
            Arrays.fill(digits, '0');
        }
    }

    @Override
    public String toString() {
        return "PinHash[" + rounds + " rounds]";
    }
}
