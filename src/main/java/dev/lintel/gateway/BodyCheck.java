package dev.lintel.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says in words what of a JSON body does not fit its schema: which property, and what it may be. Never repeats a value, because it
 * may be a password, a PIN or a name. Knows the keywords that the contract uses; it does not replace the check itself.
 */
final class BodyCheck {
    private static final int LONGEST_NAME = 40;

    private BodyCheck() {}

    /** Whether a text in a JSON body has half of a character, which no UTF-8 can hold. A body that is no JSON has none. */
    static boolean hasBrokenCharacter(Buffer body) {
        String text = body.toString();
        if (!text.contains("\\ud") && !text.contains("\\uD")) {
            return false;
        }
        try {
            return broken(Json.decodeValue(body));
        } catch (DecodeException e) {
            return false;
        }
    }

    private static boolean broken(Object value) {
        if (value instanceof JsonObject object) {
            return object.stream().anyMatch(entry -> broken(entry.getValue()));
        }
        if (value instanceof JsonArray array) {
            return array.stream().anyMatch(BodyCheck::broken);
        }
        return value instanceof String text
                && text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** The first fault; empty if none is found. */
    static Optional<String> fault(JsonObject schema, Object body) {
        return Optional.ofNullable(fault("the body", schema, body));
    }

    private static String fault(String where, JsonObject schema, Object value) {
        Set<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            return where + " must be " + types.stream().map(BodyCheck::words).collect(Collectors.joining(" or "));
        }
        if (schema.getValue("enum") instanceof JsonArray words && !words.contains(value)) {
            return where + " must be one of "
                    + words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof JsonObject object) {
            return object(where, schema, object);
        } else if (value instanceof JsonArray array) {
            return array(where, schema, array);
        } else if (value instanceof String text) {
            return text(where, schema, text);
        }
        return value instanceof Number number ? number(where, schema, number) : null;
    }

    private static String object(String where, JsonObject schema, JsonObject value) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        Set<String> known = new TreeSet<>(properties.fieldNames());
        known.removeIf(name -> name.startsWith("__")); // vertx-json-schema's own marks
        if (Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
            for (String name : value.fieldNames()) {
                if (!known.contains(name)) {
                    return where + " has no property '" + shown(name) + "'; it may have " + String.join(", ", known);
                }
            }
        }
        if (schema.getValue("required") instanceof JsonArray required) {
            for (Object name : required) {
                if (!value.containsKey((String) name)) {
                    return where + " lacks '" + name + "'";
                }
            }
        }
        if (value.size() < schema.getInteger("minProperties", 0)) {
            return where + " must have at least one of " + String.join(", ", known);
        }
        for (String name : known) {
            if (value.containsKey(name)) {
                String fault = fault("'" + name + "'", properties.getJsonObject(name), value.getValue(name));
                if (fault != null) {
                    return fault;
                }
            }
        }
        return schema.getValue("additionalProperties") instanceof JsonObject others
                ? others(where, others, known, value)
                : null;
    }

    /** What the sender named itself. */
    private static String others(String where, JsonObject schema, Set<String> known, JsonObject value) {
        for (String name : value.fieldNames()) {
            if (!known.contains(name)) {
                String fault = fault("'" + shown(name) + "' of " + where, schema, value.getValue(name));
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private static String array(String where, JsonObject schema, JsonArray value) {
        String size = outside(schema, "minItems", "maxItems", value.size(), "a list of", "entries");
        if (size != null) {
            return where + size;
        }
        if (Boolean.TRUE.equals(schema.getValue("uniqueItems"))
                && value.stream().distinct().count() < value.size()) {
            return where + " must not have the same entry twice";
        }
        if (schema.getValue("items") instanceof JsonObject items) {
            for (int i = 0; i < value.size(); i++) {
                String fault = fault("entry " + (i + 1) + " of " + where, items, value.getValue(i));
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private static String text(String where, JsonObject schema, String value) {
        String length = outside(
                schema, "minLength", "maxLength", value.codePointCount(0, value.length()), "a text of", "characters");
        if (length != null) {
            return where + length;
        }
        String pattern = schema.getString("pattern");
        if (pattern == null || Pattern.compile(pattern).matcher(value).find()) {
            return null;
        }
        JsonArray examples = schema.getJsonArray("examples", new JsonArray());
        return where
                + (examples.isEmpty()
                        ? " must have the form " + pattern
                        : " does not have the right form, such as " + examples.getValue(0));
    }

    private static String number(String where, JsonObject schema, Number value) {
        BigDecimal exact = new BigDecimal(value.toString());
        BigDecimal least = limit(schema, "minimum");
        BigDecimal most = limit(schema, "maximum");
        boolean low = least != null && exact.compareTo(least) < 0;
        boolean high = most != null && exact.compareTo(most) > 0;
        if (!low && !high) {
            return null;
        }
        return where + " must be "
                + (least == null ? "at most " + most : most == null ? "at least " + least : least + " to " + most);
    }

    private static String outside(JsonObject schema, String from, String to, int size, String what, String unit) {
        int least = schema.getInteger(from, 0);
        Integer most = schema.getInteger(to);
        if (size >= least && (most == null || size <= most)) {
            return null;
        }
        return " must be " + what + " " + (most == null ? "at least " + least : least + " to " + most) + " " + unit;
    }

    private static BigDecimal limit(JsonObject schema, String key) {
        return schema.getValue(key) instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    private static Set<String> types(JsonObject schema) {
        Object type = schema.getValue("type");
        Collection<?> all = type instanceof JsonArray several
                ? several.getList()
                : type instanceof String one ? List.of(one) : List.of();
        return all.stream().map(String.class::cast).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean is(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "integer" ->
                value instanceof Number number
                        && new BigDecimal(number.toString())
                                        .stripTrailingZeros()
                                        .scale()
                                <= 0;
            default -> value instanceof Number;
        };
    }

    private static String words(String type) {
        return switch (type) {
            case "object" -> "a JSON object";
            case "array" -> "a list";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> type;
        };
    }

    private static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) + "..." : clean;
    }
}
