package dev.lintel.face;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name of a person as the operator chose it: Unicode in normal form C, of any version, trimmed, inner white space
 * runs collapsed to one space, without invisible marks, 1 to {@value #MAX_LENGTH} code points, no control or private
 * characters, not {@code .} or {@code ..}. Two labels are the same person exactly if these normal forms are equal; case matters.
 */
public final class Label implements Comparable<Label>, Serializable {
    private static final long serialVersionUID = 1;

    /** Longest label in Unicode code points. */
    public static final int MAX_LENGTH = 100;

    /** What {@code identify} answers for a stranger; nobody may be enrolled under it. */
    public static final String UNKNOWN = "unknown";

    /**
     * Marks that nobody sees and that spreadsheets, web pages and keyboards leave in names: soft hyphens, zero-width spaces,
     * directions of writing, byte order marks. The joiners of Persian, of Indian scripts and of emoji are none of them.
     */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\u00AD\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB]");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** Letters of European names that Unicode does not take apart into a plain one and an accent. */
    private static final Map<Integer, String> PLAIN_LETTERS = Stream.of(
                    "\u00dfss",
                    "\u00e6ae",
                    "\u0153oe",
                    "\u00f8o",
                    "\u0142l",
                    "\u0111d",
                    "\u00f0d",
                    "\u00feth",
                    "\u0127h",
                    "\u0131i",
                    "\u0167t",
                    "\u014bn")
            .collect(Collectors.toUnmodifiableMap(pair -> (int) pair.charAt(0), pair -> pair.substring(1)));

    private final String text;

    private Label(String text) {
        this.text = text;
    }

    /** Normalises and checks; refused with {@link Refusal.Code#INVALID_LABEL} and the reason. */
    public static Outcome<Label> parse(String raw) {
        if (raw == null) {
            return invalid("is missing: add label=NAME to the request");
        }
        String text = Normalizer.normalize(INVISIBLE.matcher(raw).replaceAll(""), Normalizer.Form.NFC)
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
            return invalid("contains a control character or a broken one: send it as UTF-8 text");
        }
        if (text.equalsIgnoreCase(UNKNOWN)) {
            return invalid("'unknown' is what a stranger is called: choose another one");
        }
        if (text.equals(".") || text.equals("..")) {
            return invalid("'" + text + "' would be a folder in an address: choose another one");
        }
        return Outcome.done(new Label(text));
    }

    /** For labels that are known to be good. */
    public static Label of(String text) {
        return parse(text).fold(label -> label, refusal -> {
            throw new IllegalArgumentException(refusal.detail());
        });
    }

    /**
     * A label that was accepted once, as it is: what another version of Lintel or of Unicode took must never stop this one.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Label stored(String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("the label is empty");
        }
        return new Label(text);
    }

    /** The same for two labels that differ in case, in spaces or in the width of their characters only. */
    public String folded() {
        return folded(text);
    }

    /** Likewise for other texts. */
    public static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Z}]+", "");
    }

    /** A text to search in, and what is searched for: folded, and without accents, which few people type. */
    public static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(folded(text), Normalizer.Form.NFKD))
                .replaceAll("")
                .codePoints()
                .mapToObj(c -> PLAIN_LETTERS.getOrDefault(c, Character.toString(c)))
                .collect(Collectors.joining());
    }

    /** What this JDK calls unassigned is a character of a younger Unicode, unless it will never be one. */
    private static boolean unprintable(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || (c & 0xfffe) == 0xfffe
                || (c >= 0xfdd0 && c <= 0xfdef);
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
