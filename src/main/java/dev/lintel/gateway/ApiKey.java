package dev.lintel.gateway;

import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import dev.lintel.settings.Checks;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret that opens the API.
 *
 * @param name whose key it is; shown in logs
 * @param role what it opens
 * @param sha256 of the secret, 64 hexadecimal digits; this or {@code key}
 * @param key the secret itself, 16 characters or more; this or {@code sha256}
 */
public record ApiKey(String name, Role role, Optional<String> sha256, Optional<String> key) {
    static final int SHORTEST = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    public ApiKey {
        new Checks()
                .that(
                        NAME.matcher(name).matches(),
                        "name: must be 1 to 40 letters, digits, dots, - or _, was '" + name + "'")
                .that(
                        Role.ofPrograms().contains(role),
                        "role: must be one of "
                                + String.join(
                                        ", ",
                                        Role.ofPrograms().stream()
                                                .map(Role::text)
                                                .toList())
                                + ", was " + role.text() + ", which is for people: 'lintel account add'")
                .that(
                        sha256.isPresent() != key.isPresent(),
                        "sha256: give either sha256 (printf %s \"$SECRET\" | sha256sum) or key, not both and not neither")
                .that(
                        sha256.isEmpty() || DIGEST.matcher(sha256.get()).matches(),
                        "sha256: must be 64 hexadecimal digits")
                .that(
                        key.isEmpty() || key.get().length() >= SHORTEST,
                        "key: must have " + SHORTEST + " characters or more (openssl rand -hex 24)")
                .done();
    }

    /** SHA-256 of the secret, in hexadecimal digits. */
    String digest() {
        return sha256.map(digits -> digits.toLowerCase(Locale.ROOT))
                .orElseGet(() -> RandomSecret.digest(key.orElseThrow()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApiKey[" + name + ", " + role + "]";
    }
}
