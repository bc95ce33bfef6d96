package dev.lintel.gateway;

import dev.lintel.access.AccessRights;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** Rights of people in JSON: groups and validity; of a PIN only whether there is one. */
final class RightsJson {
    private RightsJson() {}

    static JsonObject write(AccessRights rights) {
        return new JsonObject()
                .put("groups", new JsonArray(rights.groups()))
                .put("valid_from", rights.validFrom().map(Instant::toString).orElse(null))
                .put("valid_until", rights.validUntil().map(Instant::toString).orElse(null))
                .put("pin_set", rights.pinSet());
    }

    /**
     * @param at put before the key in what is said about it
     * @throws ProblemException 400 that says what is wrong
     */
    static AccessRights read(JsonObject json, String at) {
        if (!(json.getValue("groups", new JsonArray()) instanceof JsonArray groups)
                || !groups.stream().allMatch(String.class::isInstance)) {
            throw Problem.invalid(at + "groups: must be a list of texts").exception();
        }
        List<String> names = groups.stream().map(String.class::cast).toList();
        Instant from = time(json, "valid_from", at);
        Instant until = time(json, "valid_until", at);
        try {
            return new AccessRights(names, from, until, false);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(at + e.getMessage()).exception();
        }
    }

    private static Instant time(JsonObject json, String key, String at) {
        Object value = json.getValue(key);
        return value == null ? null : Times.instant(at + key, value.toString());
    }
}
