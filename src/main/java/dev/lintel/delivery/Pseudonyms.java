package dev.lintel.delivery;

import dev.lintel.access.Names;
import dev.lintel.access.Naming;
import dev.lintel.face.Label;

/**
 * Ids for people, as one target gets them. They are keyed with a secret that never leaves the box, so that nobody who knows
 * the ids can try names against them, and with the target, so that two targets cannot compare notes. Immutable.
 */
final class Pseudonyms {
    private static final int ID_DIGITS = 24;

    private final String target;
    private final byte[] key;

    private Pseudonyms(String target, byte[] key) {
        this.target = target;
        this.key = key.clone();
    }

    /**
     * How people are called towards a target.
     *
     * @param key needed for {@link Names#IDS} only; else may be null
     */
    static Naming naming(Names names, String target, byte[] key) {
        return switch (names) {
            case FULL -> Naming.FULL;
            case NONE -> Naming.NONE;
            case IDS -> Naming.ids(new Pseudonyms(target, key)::of);
        };
    }

    private String of(Label person) {
        return Keys.hmac(key, target + "\0" + person.text()).substring(0, ID_DIGITS);
    }
}
