package dev.lintel.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the configuration: defaults, over them the file, over it the environment. Whatever is wrong is a {@link
 * ConfigException} that names the key; nothing is started before all of it is right.
 */
public final class ConfigLoader {
    /** Variables with our prefix that are no keys of the file: they steer the launcher and the command line. */
    public static final Set<String> RESERVED = Set.of(
            "LINTEL_HOME",
            "LINTEL_CONFIG",
            "LINTEL_URL",
            "LINTEL_KEY",
            "LINTEL_JAVA",
            "LINTEL_JAVA_OPTS",
            "LINTEL_CACHE");

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(Scalars.module())
            .addHandler(new OffSwitch())
            .build();

    private ConfigLoader() {}

    /**
     * @param home directory that relative paths in the configuration start from
     * @param file the YAML file; need not exist, then everything has its default
     * @param environment of the process; only names that start with {@code LINTEL_} are looked at
     */
    public static LintelConfig load(Path home, Path file, Map<String, String> environment) {
        String source = home.toAbsolutePath()
                        .normalize()
                        .equals(file.toAbsolutePath().normalize().getParent())
                ? file.getFileName().toString()
                : shortName(home, file);
        JsonNode tree = read(file, source);
        LintelConfig fromFile = bind(tree, path -> source);
        Map<String, String> overridden = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(ConfigKey.PREFIX) && !RESERVED.contains(name)) {
                overridden.put(override((ObjectNode) tree, name, value), name);
            }
        });
        LintelConfig config = overridden.isEmpty()
                ? fromFile
                : bind(
                        tree,
                        path -> overridden.containsKey(path) ? "environment variable " + overridden.get(path) : source);
        return HomePaths.resolve(config, home);
    }

    private static String shortName(Path home, Path file) {
        Path from = home.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        return to.startsWith(from) ? from.relativize(to).toString() : to.toString();
    }

    private static JsonNode read(Path file, String source) {
        if (!Files.exists(file)) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode tree = MAPPER.readTree(Files.readString(file));
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return MAPPER.createObjectNode();
            }
            if (!tree.isObject()) {
                throw new ConfigException(source + ": must hold keys and values, such as \"logging: {level: info}\"");
            }
            return tree;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new ConfigException(source + (at == null ? "" : " line " + at.getLineNr()) + ": " + firstLine(e));
        } catch (IOException e) {
            throw new ConfigException(source + ": cannot be read: " + e);
        }
    }

    /** Puts the variable's value into the tree and answers the dotted path of its key. */
    private static String override(ObjectNode tree, String name, String value) {
        Map<String, ConfigKey> known =
                ConfigKey.all().stream().collect(Collectors.toMap(ConfigKey::variable, Function.identity()));
        ConfigKey key = known.get(name);
        if (key == null) {
            throw new ConfigException("environment variable " + name + " is no key of the configuration: "
                    + Nearest.to(name, known.keySet())
                            .map(k -> "did you mean " + k + "?")
                            .orElse("a key such as gateway.port is LINTEL_GATEWAY_PORT"));
        }
        ObjectNode section = tree;
        for (String step : key.path().subList(0, key.path().size() - 1)) {
            JsonNode below = section.get(step);
            section = below instanceof ObjectNode there ? there : section.putObject(step);
        }
        try {
            section.set(key.path().get(key.path().size() - 1), MAPPER.readTree(value));
        } catch (JsonProcessingException e) {
            throw new ConfigException("environment variable " + name + ": " + firstLine(e));
        }
        return key.dotted();
    }

    private static LintelConfig bind(JsonNode tree, Function<String, String> sourceOf) {
        try {
            return MAPPER.treeToValue(tree, LintelConfig.class);
        } catch (UnrecognizedPropertyException e) {
            String path = dotted(e);
            String above = path.contains(".") ? path.substring(0, path.lastIndexOf('.') + 1) : "";
            Set<String> known =
                    e.getKnownPropertyIds().stream().map(k -> above + k).collect(Collectors.toSet());
            throw new ConfigException(
                    sourceOf.apply(path) + ": " + path + ": no such key; " + Nearest.hint(path, known));
        } catch (JsonMappingException e) {
            throw wrongValue(e, sourceOf);
        } catch (JsonProcessingException e) {
            throw new ConfigException(sourceOf.apply("") + ": " + firstLine(e));
        }
    }

    private static ConfigException wrongValue(JsonMappingException e, Function<String, String> sourceOf) {
        String path = dotted(e);
        String why;
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof IllegalArgumentException)) {
            root = root.getCause();
        }
        if (root instanceof IllegalArgumentException) {
            why = root.getMessage();
            int colon = why.indexOf(": ");
            if (colon > 0 && why.substring(0, colon).matches("[a-z0-9.\\[\\]-]+")) {
                path = path.isEmpty() ? why.substring(0, colon) : path + "." + why.substring(0, colon);
                why = why.substring(colon + 2);
            }
        } else if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
            why = "must be " + kind(wrong.getTargetType()) + ", was something else";
        } else {
            why = firstLine(e);
        }
        return new ConfigException(sourceOf.apply(path) + ": " + path + ": " + why);
    }

    private static String kind(Class<?> type) {
        if (type.isRecord()) {
            return "a section of keys";
        }
        if (type.isEnum()) {
            return "one of "
                    + java.util.Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .map(String::toLowerCase)
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "Double", "double" -> "a number";
            case "Boolean", "boolean" -> "true or false";
            case "List", "Set" -> "a list";
            default -> "a text";
        };
    }

    private static String dotted(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String firstLine(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return message == null
                ? "is no YAML"
                : message.lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty())
                        .limit(2)
                        .collect(Collectors.joining(", "));
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }
}
