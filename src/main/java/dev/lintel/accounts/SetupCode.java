package dev.lintel.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The code with which a new box is set up from another machine: whoever types it has seen the box's terminal or log. It is good
 * once, for half an hour, and for few wrong guesses; then a new one must be made. What it opens is a session without an account,
 * for as long as the box has none. Confined to one thread.
 */
public final class SetupCode {
    /** How long a code is good. */
    public static final Duration VALID = Duration.ofMinutes(30);

    /** How long the setup may take that it opens. */
    public static final Duration SESSION = Duration.ofHours(2);

    /** 32 signs that are not taken for each other, so eight of them are 40 bits. */
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int HALF = 4;
    private static final int MOST_WRONG = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private byte[] code = new byte[0];
    private Instant codeEnds = Instant.EPOCH;
    private int wrong;
    private String session = "";
    private Instant sessionEnds = Instant.EPOCH;

    /** A new one, such as {@code K7QM-3XPA}; the former is good no more. */
    public String make(Instant now) {
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < 2 * HALF; i++) {
            made.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        code = bytes(made.toString());
        codeEnds = now.plus(VALID);
        wrong = 0;
        return made.insert(HALF, '-').toString();
    }

    /**
     * Uses the code up.
     *
     * @param typed in capitals or not, with or without what stands between
     * @return the secret of the session that it opens; empty if it is not the code, or not any more
     */
    public Optional<String> take(String typed, Instant now) {
        byte[] plain = bytes(typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""));
        boolean right = MessageDigest.isEqual(code, plain) && code.length > 0 && now.isBefore(codeEnds);
        if (!right) {
            wrong++;
            if (wrong >= MOST_WRONG) {
                code = new byte[0];
            }
            return Optional.empty();
        }
        code = new byte[0];
        String secret = RandomSecret.fresh();
        session = RandomSecret.digest(secret);
        sessionEnds = now.plus(SESSION);
        return Optional.of(secret);
    }

    /** Whether a session of this digest was opened by a code and is not over. */
    public boolean opened(String digest, Instant now) {
        return !session.isEmpty() && MessageDigest.isEqual(bytes(session), bytes(digest)) && now.isBefore(sessionEnds);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
