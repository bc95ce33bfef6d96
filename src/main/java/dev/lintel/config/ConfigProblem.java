package dev.lintel.config;

/**
 * Something that is wrong with the configuration.
 *
 * @param path of the key, such as {@code doors[0].lock.line}
 * @param text what it must be and what it was
 */
public record ConfigProblem(String path, String text) {}
