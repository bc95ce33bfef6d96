package dev.lintel.accounts;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.Locale;

/** What somebody typed to log in. Never logged: its {@code toString} shows nothing of it. */
public final class Password implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;
    private static final int FEWEST_DIFFERENT = 5;

    private final String text;

    private Password(String text) {
        this.text = Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** As typed to log in: whatever it is, it may be wrong. Only its length is bounded, as hashing takes time. */
    public static Password typed(String text) {
        return new Password(text.substring(0, Math.min(text.length(), 4 * LONGEST)));
    }

    /** A new one. Long rather than contrived: no rules about kinds of characters. */
    public static Outcome<Password> chosen(String account, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String name = account.toLowerCase(Locale.ROOT);
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return refused("must have " + SHORTEST + " to " + LONGEST + " characters; a few words make a good one");
        }
        if (text.chars().distinct().count() < FEWEST_DIFFERENT) {
            return refused("must have at least " + FEWEST_DIFFERENT + " different characters");
        }
        if (lower.contains("lintel") || lower.contains("password") || (name.length() > 2 && lower.contains(name))) {
            return refused("must not hold the account's name, 'lintel' or 'password': these are tried first");
        }
        return Outcome.done(new Password(text));
    }

    private static Outcome<Password> refused(String why) {
        return Outcome.refused(Refusal.Code.INVALID_REQUEST, "password: " + why);
    }

    /** What was typed, to be hashed. */
    public char[] characters() {
        return text.toCharArray();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Password other && other.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Password[****]";
    }
}
