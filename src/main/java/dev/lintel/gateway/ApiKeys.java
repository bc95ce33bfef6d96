package dev.lintel.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may call what. With no key configured, everybody may call everything. Thread-safe. */
final class ApiKeys {
    private static final String BEARER = "bearer ";

    private final List<Entry> entries;

    private record Entry(byte[] digest, Caller caller) {}

    ApiKeys(List<ApiKey> keys) {
        entries = keys.stream()
                .map(key -> new Entry(key.digest(), new Caller(key.name(), key.role())))
                .toList();
    }

    /** Whether there are keys at all. */
    boolean any() {
        return !entries.isEmpty();
    }

    /** @throws ProblemException 401 without a valid key, 403 if its role does not suffice */
    Caller check(HttpServerRequest request, Role needed) {
        return check(presented(request), needed);
    }

    /** @throws ProblemException 401 without a valid key, 403 if its role does not suffice */
    Caller check(Optional<String> secret, Role needed) {
        if (entries.isEmpty()) {
            return Caller.ANYBODY;
        }
        if (secret.isEmpty()) {
            throw unauthorized("an API key is needed: send it as X-API-Key");
        }
        Caller caller = caller(secret.get());
        if (caller == null) {
            throw unauthorized("this API key is not known");
        }
        if (!caller.role().covers(needed)) {
            throw new Problem(
                            403,
                            "forbidden",
                            "this needs a key with the role " + name(needed) + ", yours has " + name(caller.role()))
                    .exception();
        }
        return caller;
    }

    /** Compares with every key, each in constant time, so that the time taken tells nothing about them. */
    private Caller caller(String secret) {
        byte[] digest = ApiKey.digest(secret);
        Caller found = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.digest(), digest)) {
                found = entry.caller();
            }
        }
        return found;
    }

    private static Optional<String> presented(HttpServerRequest request) {
        String header = request.getHeader("X-API-Key");
        if (header != null) {
            return Optional.of(header.strip());
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static ProblemException unauthorized(String detail) {
        return new Problem(
                        401,
                        "unauthorized",
                        detail,
                        List.of(),
                        new io.vertx.core.json.JsonObject(),
                        Map.of("WWW-Authenticate", "Bearer realm=\"Lintel\""))
                .exception();
    }

    private static String name(Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT);
    }
}
