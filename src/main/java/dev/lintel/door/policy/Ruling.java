package dev.lintel.door.policy;

import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Reason;
import java.util.List;

/**
 * What a rule says.
 *
 * @param rule its stable name
 * @param reasons what decided, what was needed, what to do; without a name
 * @param opens whether the lock is to be released
 */
public record Ruling(Verdict verdict, String rule, List<Reason> reasons, boolean opens) {
    public Ruling {
        reasons = List.copyOf(reasons);
    }

    static Ruling granted(String rule, Reason... reasons) {
        return new Ruling(Verdict.GRANTED, rule, List.of(reasons), true);
    }

    static Ruling denied(String rule, Reason... reasons) {
        return new Ruling(Verdict.DENIED, rule, List.of(reasons), false);
    }

    /** In English. */
    public String explanation() {
        return Reason.text(reasons);
    }
}
