package dev.lintel.bus;

import java.io.Serializable;

/**
 * Where something is announced to whoever listens, with its type. Nobody answers and nobody need listen.
 *
 * @param <T> what is announced
 */
public record Topic<T extends Serializable>(String name) {}
