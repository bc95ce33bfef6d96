package dev.lintel.config;

import java.util.Locale;
import java.util.Set;

/**
 * What is written to standard error. No level writes names, vectors or images.
 *
 * @param format {@code plain} for people, {@code json} for a collector: one object a line
 * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
 */
public record LoggingConfig(String format, String level) {
    private static final Set<String> FORMATS = Set.of("plain", "json");
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    public LoggingConfig {
        format = format == null ? "plain" : format.toLowerCase(Locale.ROOT);
        level = level == null ? "info" : level.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException("format: must be plain or json, was " + format);
        }
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("level: must be error, warn, info, debug or trace, was " + level);
        }
    }

    public static LoggingConfig defaults() {
        return new LoggingConfig(null, null);
    }
}
