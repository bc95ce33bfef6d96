package dev.lintel;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a box lives that may change its own configuration.
 *
 * @param home directory that relative paths start from
 * @param file its configuration
 * @param environment of the process, which goes before the file
 * @param restart stops the box and starts it again with what the file then says; returns before it does
 */
public record Installed(Path home, Path file, Map<String, String> environment, Runnable restart) {
    public Installed {
        environment = Map.copyOf(environment);
    }
}
