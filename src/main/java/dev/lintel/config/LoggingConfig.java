package dev.lintel.config;

import dev.lintel.settings.Checks;
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
        format = format.toLowerCase(Locale.ROOT);
        level = level.toLowerCase(Locale.ROOT);
        new Checks()
                .that(FORMATS.contains(format), "format: must be plain or json, was " + format)
                .that(LEVELS.contains(level), "level: must be error, warn, info, debug or trace, was " + level)
                .done();
    }
}
