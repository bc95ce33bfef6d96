package dev.lintel.bus;

/**
 * Where a question is answered, with the types of both.
 *
 * @param <Q> the question
 * @param <R> the value of its answer, an {@code Outcome<R>}
 */
public record Address<Q extends Message, R>(String name, Scope scope) {
    /** Answered in this box. */
    public static <Q extends Message, R> Address<Q, R> box(String name) {
        return new Address<>(name, Scope.BOX);
    }

    /** Answered once for the house, by whichever box serves it. */
    public static <Q extends Message, R> Address<Q, R> house(String name) {
        return new Address<>(name, Scope.HOUSE);
    }
}
