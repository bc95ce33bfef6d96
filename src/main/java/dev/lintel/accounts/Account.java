package dev.lintel.accounts;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Somebody who logs in with a password, which is kept elsewhere.
 *
 * @param name unique, whatever its case
 * @param expiresAt from when on it is of no use; null: never
 * @param lastUsed to the minute; null: never
 */
public record Account(String name, List<Role> roles, Instant createdAt, Instant expiresAt, Instant lastUsed)
        implements Serializable {
    /** What an account or a key may be called. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,40}");

    public Account {
        roles = List.copyOf(roles);
    }

    /** Whether it can be used at this time. */
    public boolean valid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
