package dev.lintel.accounts;

import java.io.Serializable;
import java.time.Instant;

/**
 * Somebody who has logged in. What the browser holds is kept nowhere else.
 *
 * @param digest SHA-256 of what the browser holds, hexadecimal
 * @param account its name
 */
public record Session(String digest, String account, Instant createdAt, Instant lastUsed) implements Serializable {

    /** Without the digest. */
    @Override
    public String toString() {
        return "Session[" + account + "]";
    }
}
