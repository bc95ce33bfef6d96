package dev.lintel.config;

import java.time.Instant;
import java.util.List;

/**
 * One version of the configuration file.
 *
 * @param by who made it; empty for one that was found, as somebody wrote it by hand
 * @param paths of the keys that were changed; empty for one that was found
 */
public record SettingsVersion(int id, Instant at, String by, List<String> paths) {
    public SettingsVersion {
        paths = List.copyOf(paths);
    }
}
