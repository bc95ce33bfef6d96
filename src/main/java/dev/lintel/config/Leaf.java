package dev.lintel.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A single value of the configuration, or a list or table of single values. */
final class Leaf {
    /** Keys whose values are, or may hold, secrets: none of these is ever repeated. */
    private static final Set<String> SECRET = Set.of(
            "password",
            "username",
            "secret",
            "key",
            "keys",
            "sha256",
            "source",
            "url",
            "lock-url",
            "host",
            "body",
            "lock-body",
            "headers");

    private Leaf() {}

    /**
     * The value. What is missing is an empty text, list or table, about which the record has something to say.
     *
     * @param node null if there is neither a value nor a default
     * @throws IllegalArgumentException that says what it must be and what it was
     */
    static Object of(Type type, Class<?> raw, JsonNode node, String path) {
        if (node == null) {
            if (raw == String.class) {
                return "";
            }
            if (raw == List.class) {
                return List.of();
            }
            if (raw == Map.class) {
                return Map.of();
            }
            throw new IllegalArgumentException("is missing: must be " + kind(raw));
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                if (item.isNull()) {
                    throw new IllegalArgumentException("has an item with nothing in it");
                }
            }
        }
        try {
            return YamlReader.MAPPER.treeToValue(node, YamlReader.MAPPER.constructType(type));
        } catch (JsonProcessingException e) {
            Throwable root = e;
            while (root.getCause() != null && !(root instanceof IllegalArgumentException)) {
                root = root.getCause();
            }
            if (root instanceof IllegalArgumentException) {
                throw new IllegalArgumentException(root.getMessage());
            }
            Class<?> wanted = e instanceof MismatchedInputException wrong && wrong.getTargetType() != null
                    ? wrong.getTargetType()
                    : raw;
            throw new IllegalArgumentException("must be " + kind(wanted) + ", was " + shown(path, node));
        }
    }

    /** The value as it may be shown, whole. */
    static String shown(String path, JsonNode node) {
        if (node.isObject()) {
            return "a section";
        }
        if (node.isArray() && node.isEmpty()) {
            return "an empty list";
        }
        String key = path.replaceAll("\\[\\d+\\]$", "").replaceAll(".*\\.", "");
        if (SECRET.contains(key)
                || path.contains(".headers.")
                || node.toString().contains("@")) {
            return "something else (not shown: it may be secret)";
        }
        return node.isArray() ? node.toString() : node.isMissingNode() ? "missing" : node.asText();
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "Double", "double" -> "a number";
            case "Boolean", "boolean" -> "true or false";
            case "List", "Set", "ArrayList" -> "a list";
            case "Map", "LinkedHashMap" -> "a section of keys";
            default -> "a text";
        };
    }
}
