package dev.lintel.access;

import dev.lintel.face.Label;
import java.util.function.Function;

/**
 * How people are called in what one reader gets. Immutable.
 *
 * @param caller answers what somebody is called; never asked about nobody
 */
public record Naming(Names names, Function<Label, String> caller) {
    public static final Naming FULL = new Naming(Names.FULL, Label::text);
    public static final Naming NONE = new Naming(Names.NONE, person -> null);

    /** By ids that {@code caller} makes. */
    public static Naming ids(Function<Label, String> caller) {
        return new Naming(Names.IDS, caller);
    }

    /** What the reader may know of somebody; null if nobody was named, or nobody is to be. */
    public String of(Label person) {
        return person == null ? null : caller.apply(person);
    }
}
