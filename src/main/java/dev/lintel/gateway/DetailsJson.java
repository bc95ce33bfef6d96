package dev.lintel.gateway;

import dev.lintel.face.Details;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the operator's own system says of a person, in the words of the contract. Stateless. */
final class DetailsJson {
    private DetailsJson() {}

    static JsonObject write(Details details) {
        return new JsonObject()
                .put("external_id", details.externalId().isEmpty() ? null : details.externalId())
                .put("note", details.note())
                .put("fields", new JsonObject(new HashMap<>(details.fields())));
    }

    /** Into what else is told of the person. */
    static JsonObject add(JsonObject person, Details details, Instant inactiveSince) {
        return person.mergeIn(write(details))
                .put("active", inactiveSince == null)
                .put("inactive_since", inactiveSince == null ? null : inactiveSince.toString());
    }

    /**
     * What is absent stays, what is null goes.
     *
     * @throws ProblemException 400 that says what is wrong
     */
    static Details.Change change(JsonObject json) {
        try {
            return new Details.Change(text(json, "external_id"), text(json, "note"), fields(json, ""));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage()).exception();
        }
    }

    /**
     * As {@link #write} does it; all may be absent.
     *
     * @param at where it stands, for what is wrong
     * @throws ProblemException 400 that says what is wrong
     */
    static Details read(JsonObject json, String at) {
        try {
            return Details.NONE.with(
                    new Details.Change(text(json, "external_id"), text(json, "note"), fields(json, at)));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(at + e.getMessage()).exception();
        }
    }

    private static String text(JsonObject json, String name) {
        if (!json.containsKey(name)) {
            return null;
        }
        Object value = json.getValue(name);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(name + ": must be a text");
        }
        return value == null ? "" : (String) value;
    }

    private static Map<String, String> fields(JsonObject json, String at) {
        if (!json.containsKey("fields")) {
            return null;
        }
        Object value = json.getValue("fields");
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonObject object)) {
            throw Problem.invalid(at + "fields: must be an object").exception();
        }
        Map<String, String> fields = new HashMap<>();
        for (var field : object) {
            if (!(field.getValue() instanceof String text)) {
                throw Problem.invalid(
                                at + "fields: each value must be a text, that of '" + field.getKey() + "' is none")
                        .exception();
            }
            fields.put(field.getKey(), text);
        }
        return fields;
    }
}
