package dev.lintel.accounts;

import java.io.Serializable;
import java.time.Instant;

/**
 * What a program sends to be let in. The secret itself is kept nowhere.
 *
 * @param digest SHA-256 of the secret, hexadecimal
 * @param expiresAt from when on it is of no use; null: never
 * @param lastUsed to the minute; null: never
 */
public record Key(String name, Role role, String digest, Instant createdAt, Instant expiresAt, Instant lastUsed)
        implements Serializable {

    /** Whether it can be used at this time. */
    public boolean valid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** Without the digest. */
    @Override
    public String toString() {
        return "Key[" + name + ", " + role + "]";
    }
}
