package dev.lintel.bus;

import java.io.Serializable;

/**
 * @param imported templates that were stored
 * @param skipped templates that were there before
 * @param people people in the store afterwards
 */
public record ImportResult(int imported, int skipped, int people) implements Serializable {}
