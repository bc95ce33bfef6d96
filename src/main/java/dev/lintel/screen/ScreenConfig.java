package dev.lintel.screen;

import dev.lintel.settings.Checks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page for a tablet beside a door.
 *
 * @param key the secret that opens it, 16 characters or more; this or {@code sha256}. Without either there is no such page
 * @param sha256 of the secret, 64 hexadecimal digits
 * @param name whether it greets people by name
 */
public record ScreenConfig(Optional<String> key, Optional<String> sha256, boolean name) {
    private static final int SHORTEST = 16;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    public ScreenConfig {
        new Checks()
                .that(key.isEmpty() || sha256.isEmpty(), "key: give either key or sha256, not both")
                .that(
                        key.isEmpty() || key.get().length() >= SHORTEST,
                        "key: must have " + SHORTEST + " characters or more (openssl rand -hex 24)")
                .that(
                        sha256.isEmpty() || DIGEST.matcher(sha256.get()).matches(),
                        "sha256: must be 64 hexadecimal digits (printf %s \"$SECRET\" | sha256sum)")
                .done();
    }

    public boolean on() {
        return key.isPresent() || sha256.isPresent();
    }

    /** Whether this is the secret; takes the same time for each wrong one. */
    boolean opens(String secret) {
        byte[] wanted = sha256.map(digits -> HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> digest(key.orElse("")));
        return on() && MessageDigest.isEqual(wanted, digest(secret));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ScreenConfig[" + (on() ? "on" : "off") + ", name " + name + "]";
    }
}
