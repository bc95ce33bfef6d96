package dev.lintel.access;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import java.io.Serializable;

/** The digits somebody typed or chose, 4 to 12. Never logged: its {@code toString} shows none of them. */
public final class Pin implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 12;

    private final String digits;

    private Pin(String digits) {
        this.digits = digits;
    }

    /** Refused with {@link Refusal.Code#INVALID_REQUEST} unless it is 4 to 12 digits 0 to 9. */
    public static Outcome<Pin> parse(String text) {
        boolean fits = text != null
                && text.length() >= SHORTEST
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return fits
                ? Outcome.done(new Pin(text))
                : Outcome.refused(
                        Refusal.Code.INVALID_REQUEST, "pin: must be " + SHORTEST + " to " + LONGEST + " digits");
    }

    /** What was typed, to be hashed. */
    public char[] digits() {
        return digits.toCharArray();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Pin other && other.digits.equals(digits);
    }

    @Override
    public int hashCode() {
        return digits.hashCode();
    }

    @Override
    public String toString() {
        return "Pin[****]";
    }
}
