package dev.lintel.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message has one line for each thing that is wrong: file, key, what it must be. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Exit status of a program whose configuration is wrong (EX_CONFIG); the service manager does not retry it. */
    public static final int EXIT_CODE = 78;

    public ConfigException(String message) {
        super(message);
    }

    /** @param sourceOf where the value at a path comes from, such as the file's name; may be empty */
    static ConfigException of(List<ConfigProblem> problems, Function<String, String> sourceOf) {
        return new ConfigException(problems.stream()
                .map(problem -> {
                    String source = sourceOf.apply(problem.path());
                    return (source.isEmpty() ? "" : source + ": ")
                            + (problem.path().isEmpty() ? "" : problem.path() + ": ")
                            + problem.text();
                })
                .distinct()
                .collect(Collectors.joining("\n")));
    }
}
