package dev.lintel.bus;

/**
 * Where a question is answered, with the types of both.
 *
 * @param <Q> the question
 * @param <R> the value of its answer, an {@code Outcome<R>}
 */
public record Address<Q extends Message, R>(String name) {}
