package dev.lintel.gateway;

import dev.lintel.settings.Checks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    byte[] digest() {
        return sha256.map(digits -> HexFormat.of().parseHex(digits.toLowerCase(java.util.Locale.ROOT)))
                .orElseGet(() -> digest(key.orElseThrow()));
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApiKey[" + name + ", " + role + "]";
    }
}
