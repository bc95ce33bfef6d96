package dev.lintel.delivery;

import dev.lintel.face.Label;
import io.vertx.core.json.JsonObject;

/**
 * How one target calls people. Its ids are keyed with a secret that never leaves the box, so that nobody who knows the
 * ids can try names against them, and with the target, so that two targets cannot compare notes. Immutable.
 */
final class Naming {
    private static final int ID_DIGITS = 24;

    private final Names names;
    private final String target;
    private final byte[] key;

    /** @param key needed for {@link Names#IDS} only; else may be null */
    Naming(Names names, String target, byte[] key) {
        this.names = names;
        this.target = target;
        this.key = names == Names.IDS ? key.clone() : null;
    }

    /** What the target may know of somebody; null if nobody was named, or nobody is to be. */
    JsonObject json(Label person) {
        if (person == null || names == Names.NONE) {
            return null;
        }
        return names == Names.FULL
                ? new JsonObject().put("label", person.text())
                : new JsonObject().put("id", id(person));
    }

    /** The same as one word; null likewise. */
    String word(Label person) {
        if (person == null || names == Names.NONE) {
            return null;
        }
        return names == Names.FULL ? person.text() : id(person);
    }

    private String id(Label person) {
        return Keys.hmac(key, target + "\0" + person.text()).substring(0, ID_DIGITS);
    }
}
