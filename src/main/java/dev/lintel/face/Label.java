package dev.lintel.face;

import java.io.Serializable;
import java.text.Normalizer;

/**
 * The name of a person as the operator chose it: Unicode in normal form C, trimmed, inner white space
 * runs collapsed to one space, 1 to {@value #MAX_LENGTH} code points, no control, format-only or unassigned
 * characters, not {@code .} or {@code ..}. Two labels are the same person exactly if these normal forms are equal; case matters.
 */
public final class Label implements Comparable<Label>, Serializable {
    private static final long serialVersionUID = 1;

    /** Longest label in Unicode code points. */
    public static final int MAX_LENGTH = 100;

    /** What {@code identify} answers for a stranger; nobody may be enrolled under it. */
    public static final String UNKNOWN = "unknown";

    private final String text;

    private Label(String text) {
        this.text = text;
    }

    /** Normalises and checks; refused with {@link Refusal.Code#INVALID_LABEL} and the reason. */
    public static Outcome<Label> parse(String raw) {
        if (raw == null) {
            return invalid("is missing: add label=NAME to the request");
        }
        String text = Normalizer.normalize(raw, Normalizer.Form.NFC)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        if (text.isEmpty()) {
            return invalid("is empty: give the person's name or number");
        }
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            return invalid("has " + length + " characters: at most " + MAX_LENGTH + " are stored");
        }
        if (text.codePoints().anyMatch(Label::unprintable)) {
            return invalid("contains a control or unassigned character: send it as UTF-8 text");
        }
        if (text.equalsIgnoreCase(UNKNOWN)) {
            return invalid("'unknown' is what a stranger is called: choose another one");
        }
        if (text.equals(".") || text.equals("..")) {
            return invalid("'" + text + "' would be a folder in an address: choose another one");
        }
        return Outcome.done(new Label(text));
    }

    /** For labels that have been parsed before, such as those in the store. */
    public static Label of(String text) {
        return parse(text).fold(label -> label, refusal -> {
            throw new IllegalArgumentException(refusal.detail());
        });
    }

    private static boolean unprintable(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.UNASSIGNED
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || (type == Character.FORMAT && c != 0x200C && c != 0x200D);
    }

    private static Outcome<Label> invalid(String why) {
        return Outcome.refused(Refusal.Code.INVALID_LABEL, "the label " + why);
    }

    public String text() {
        return text;
    }

    @Override
    public int compareTo(Label other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Label l && l.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Redacted, because labels are personal data and strings end up in logs; see {@link #text()}. */
    @Override
    public String toString() {
        return "Label[" + text.codePointCount(0, text.length()) + " characters]";
    }
}
