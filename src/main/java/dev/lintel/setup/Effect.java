package dev.lintel.setup;

/**
 * What becomes of one part of a changed configuration.
 *
 * @param part the key at the top of the file, of the gateway with the key below
 * @param restart whether it is only taken up when the box starts again
 */
public record Effect(String part, boolean restart) {}
