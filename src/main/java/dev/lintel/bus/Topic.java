package dev.lintel.bus;

import java.io.Serializable;

/**
 * Where something is announced to whoever listens, with its type. Nobody answers and nobody need listen.
 *
 * @param <T> what is announced
 */
public record Topic<T extends Serializable>(String name, Scope scope) {
    /** Heard in this box. */
    public static <T extends Serializable> Topic<T> box(String name) {
        return new Topic<>(name, Scope.BOX);
    }

    /** Heard by every box of the house. */
    public static <T extends Serializable> Topic<T> house(String name) {
        return new Topic<>(name, Scope.HOUSE);
    }
}
