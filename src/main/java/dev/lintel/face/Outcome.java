package dev.lintel.face;

import java.io.Serializable;
import java.util.function.Function;

/**
 * The answer to a question that may expectedly be refused. Broken things (a full disk, a bug) are
 * exceptions or failed futures, never a {@code Refused}.
 *
 * @param <T> the answer's type; serialisable, so that an outcome can travel on a clustered bus
 */
public sealed interface Outcome<T> extends Serializable {

    /** The question was answered. */
    record Done<T>(T value) implements Outcome<T> {}

    /** The question was understood and refused, for a reason that the asker can act on. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Outcome<T> refused(Refusal.Code code, String detail) {
        return new Refused<>(new Refusal(code, detail));
    }

    /** Applies the function that fits; stands in for a pattern switch, which Java 17 lacks. */
    default <R> R fold(Function<? super T, ? extends R> whenDone, Function<Refusal, ? extends R> whenRefused) {
        if (this instanceof Done<T> done) {
            return whenDone.apply(done.value());
        }
        return whenRefused.apply(((Refused<T>) this).refusal());
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return fold(value -> done(change.apply(value)), Outcome::refused);
    }
}
