package dev.lintel.face;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What somebody has done to the box or to what it keeps, as the log says it: ids, no vectors, no images, no secrets. Immutable.
 *
 * @param code stable name, see {@code access.Sentences}, there with {@code act-} before it; empty for {@link #NONE}
 * @param about whom it is about; null if nobody. The log names them only for as long as they are enrolled
 * @param details ids and words, by name, in the order in which they are told; no name of a person
 */
public record Act(String code, Label about, Map<String, String> details) implements Serializable {
    /** Of a command that is the box's own, or that is written down elsewhere. */
    public static final Act NONE = new Act("", null, Map.of());

    public Act {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public static Act of(String code) {
        return new Act(code, null, Map.of());
    }

    public static Act of(String code, Label about) {
        return new Act(code, about, Map.of());
    }

    /** The same with one more detail; without one that is null. */
    public Act with(String name, Object value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, String.valueOf(value));
        return new Act(code, about, more);
    }

    public boolean none() {
        return code.isEmpty();
    }
}
