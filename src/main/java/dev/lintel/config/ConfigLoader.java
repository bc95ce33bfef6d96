package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the configuration: the bundled defaults, over them the file, over it the environment. Whatever is wrong is said in one
 * {@link ConfigException}, a line for each key; nothing is started before all of it is right.
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
            "LINTEL_CACHE",
            "LINTEL_ONLY_ENGINE");

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
        return bind(home, read(file, source), source, environment);
    }

    /**
     * Likewise for a text that is no file yet.
     *
     * @param source what the text is called in messages; empty for messages that begin with the key
     */
    static LintelConfig parse(Path home, String text, String source, Map<String, String> environment) {
        return bind(home, tree(text, source), source, environment);
    }

    /** Likewise for a text from elsewhere, with messages that begin with the key. */
    public static LintelConfig parse(Path home, String text, Map<String, String> environment) {
        return parse(home, text, "", environment);
    }

    private static LintelConfig bind(Path home, ObjectNode tree, String source, Map<String, String> environment) {
        Attempt asWritten = Attempt.at(tree);
        List<String> wrong = new ArrayList<>(asWritten.lines(path -> source));
        Map<String, String> overridden = new TreeMap<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(ConfigKey.PREFIX) && !RESERVED.contains(name)) {
                try {
                    overridden.put(override(tree, name, value), name);
                } catch (ConfigException e) {
                    wrong.add(e.getMessage());
                }
            }
        });
        Attempt overall = overridden.isEmpty() ? asWritten : Attempt.at(tree);
        wrong.addAll(overall.lines(
                path -> overridden.containsKey(path) ? "environment variable " + overridden.get(path) : source));
        if (!wrong.isEmpty()) {
            throw new ConfigException(String.join("\n", new LinkedHashSet<>(wrong)));
        }
        return HomePaths.resolve(overall.config().orElseThrow(), home);
    }

    /** What comes of a tree: a configuration, or what is wrong with it. */
    private record Attempt(Optional<LintelConfig> config, List<ConfigProblem> problems) {

        static Attempt at(ObjectNode written) {
            ObjectNode user = written.deepCopy();
            JsonNode items = user.remove(Templates.SECTION);
            ObjectNode bundled = Bundled.tree();
            Derived.complete(bundled, user);
            var templates = new Templates(
                    bundled, items instanceof ObjectNode there ? there : YamlReader.MAPPER.createObjectNode());
            Binder binder = new Binder(templates);
            Optional<LintelConfig> config = binder.bind(LintelConfig.class, user, bundled);
            List<ConfigProblem> problems = new ArrayList<>(templates.unknown());
            if (!Binder.absent(items) && !items.isObject()) {
                problems.add(new ConfigProblem(Templates.SECTION, "must be a section of keys"));
            }
            problems.addAll(binder.problems());
            return new Attempt(config, problems);
        }

        List<String> lines(Function<String, String> sourceOf) {
            return problems.isEmpty()
                    ? List.of()
                    : ConfigException.of(problems, sourceOf)
                            .getMessage()
                            .lines()
                            .toList();
        }
    }

    private static String shortName(Path home, Path file) {
        Path from = home.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        return to.startsWith(from) ? from.relativize(to).toString() : to.toString();
    }

    private static ObjectNode read(Path file, String source) {
        if (!Files.exists(file)) {
            return YamlReader.MAPPER.createObjectNode();
        }
        try {
            return tree(Files.readString(file), source);
        } catch (IOException e) {
            throw new ConfigException(source + ": cannot be read: " + e);
        }
    }

    private static ObjectNode tree(String text, String source) {
        JsonNode tree = YamlReader.parse(text, source);
        if (tree.isMissingNode()) {
            return YamlReader.MAPPER.createObjectNode();
        }
        if (tree instanceof ObjectNode sections) {
            return sections;
        }
        throw new ConfigException((source.isEmpty() ? "" : source + ": ")
                + "must hold keys and values, such as \"logging: {level: info}\"");
    }

    /** The dotted paths of the keys that the environment sets. */
    static Set<String> overridden(Map<String, String> environment) {
        return ConfigKey.all().stream()
                .filter(key -> environment.containsKey(key.variable()))
                .map(ConfigKey::dotted)
                .collect(Collectors.toSet());
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
        section.set(key.path().get(key.path().size() - 1), YamlReader.parse(value, "environment variable " + name));
        return key.dotted();
    }
}
