package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Somebody agreed to be recognised, or another did for them.
 *
 * @param person whom it is about; need not be enrolled yet
 * @param givenBy who gave it for the person, such as a parent; empty: the person
 * @param givenAt when
 * @param purposes for what, as the site calls it, such as {@code door}, or {@link #PICTURES}: 1 to 20 words
 * @param until when it ends by itself, exclusive, and the face data go; null: not before it is withdrawn
 * @param evidence where it can be seen, such as the number of a signed form; may be empty
 * @param recordedBy who wrote it down, by the name of the account or key
 * @param recordedAt when it was written down
 * @param withdrawn how it ended, if somebody ended it; else null
 */
public record Consent(
        Label person,
        String givenBy,
        Instant givenAt,
        List<String> purposes,
        Instant until,
        String evidence,
        String recordedBy,
        Instant recordedAt,
        Withdrawal withdrawn)
        implements Serializable {
    /** The purpose that the box acts on: to keep the aligned pictures of the enrolled views. */
    public static final String PICTURES = "pictures";

    public static final int LONGEST_TEXT = 500;
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    /**
     * @param at when it was withdrawn
     * @param how in words, such as "by letter"; may be empty
     * @param by who wrote that down
     */
    public record Withdrawal(Instant at, String how, String by) implements Serializable {}

    /** What can become of a consent. */
    public enum State {
        VALID,
        WITHDRAWN,
        EXPIRED
    }

    /** @throws IllegalArgumentException that says what is wrong and what is right */
    public Consent {
        purposes = List.copyOf(purposes);
        if (purposes.isEmpty() || purposes.size() > 20) {
            throw new IllegalArgumentException("purposes: must be 1 to 20 words, were " + purposes.size());
        }
        for (String purpose : purposes) {
            if (!PURPOSE.matcher(purpose).matches()) {
                throw new IllegalArgumentException(
                        "purposes: each must be 1 to 40 small letters, digits, - or _, such as door or attendance");
            }
        }
        if (until != null && !until.isAfter(givenAt)) {
            throw new IllegalArgumentException("until: must be after given_at");
        }
        if (givenBy.length() > LONGEST_TEXT || evidence.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "given_by, evidence: must be at most " + LONGEST_TEXT + " characters each");
        }
    }

    /** The same, withdrawn. */
    public Consent ended(Withdrawal withdrawal) {
        return new Consent(person, givenBy, givenAt, purposes, until, evidence, recordedBy, recordedAt, withdrawal);
    }

    public State state(Instant now) {
        if (withdrawn != null) {
            return State.WITHDRAWN;
        }
        return until != null && !now.isBefore(until) ? State.EXPIRED : State.VALID;
    }
}
