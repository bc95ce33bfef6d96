package dev.lintel.gateway;

/**
 * A part of the box and whether it can work.
 *
 * @param name such as {@code embedding}
 * @param detail its state in a few words; no personal data
 */
public record Component(String name, boolean ready, String detail) {}
