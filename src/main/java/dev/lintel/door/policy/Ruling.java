package dev.lintel.door.policy;

import dev.lintel.access.Decision.Verdict;

/**
 * What a rule says.
 *
 * @param rule its stable name
 * @param explanation one sentence without a name
 * @param opens whether the lock is to be released
 */
public record Ruling(Verdict verdict, String rule, String explanation, boolean opens) {

    static Ruling granted(String rule, String explanation) {
        return new Ruling(Verdict.GRANTED, rule, explanation, true);
    }

    static Ruling denied(String rule, String explanation) {
        return new Ruling(Verdict.DENIED, rule, explanation, false);
    }
}
