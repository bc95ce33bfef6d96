package dev.lintel.config;

import dev.lintel.settings.RemoteAddress;
import java.util.Set;

/** Which values of the configuration are, or hold, secrets, and what of them may be shown. */
final class ShownValues {
    private static final Set<String> WHOLE =
            Set.of("password", "username", "secret", "key", "sha256", "body", "lock-body", "headers");

    private static final Set<String> ADDRESSES = Set.of("source", "url", "lock-url");

    private ShownValues() {}

    /** The value as it may be shown: the same, an address without user, password and path, or nothing. */
    static String shown(String key, String value) {
        if (WHOLE.contains(key)) {
            return "";
        }
        if (!ADDRESSES.contains(key) || !value.contains("://") || value.startsWith("rpicam:")) {
            return value;
        }
        try {
            RemoteAddress address = RemoteAddress.parse(value);
            boolean bare = address.user().isEmpty()
                    && address.password().isEmpty()
                    && address.path().isEmpty();
            return bare ? value : address.toString();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
