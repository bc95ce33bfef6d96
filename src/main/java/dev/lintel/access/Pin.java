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

    /**
     * As {@link #parse}, but for one that is to be set: refused as well if it is shorter than that, or is tried first by
     * whoever guesses.
     */
    public static Outcome<Pin> chosen(String text, int shortest) {
        if (text != null && text.length() < shortest) {
            return Outcome.refused(
                    Refusal.Code.INVALID_REQUEST, "pin: must be " + shortest + " to " + LONGEST + " digits");
        }
        return parse(text)
                .fold(
                        pin -> pin.obvious()
                                ? Outcome.refused(
                                        Refusal.Code.INVALID_REQUEST,
                                        "pin: must not be one digit again and again or a run such as 123456: these are tried first")
                                : Outcome.done(pin),
                        Outcome::refused);
    }

    /** Each digit follows from the one before in the same way: 111111, 123456, 987654, 246802. */
    private boolean obvious() {
        int step = Math.floorMod(digits.charAt(1) - digits.charAt(0), 10);
        for (int i = 2; i < digits.length(); i++) {
            if (Math.floorMod(digits.charAt(i) - digits.charAt(i - 1), 10) != step) {
                return false;
            }
        }
        return true;
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
