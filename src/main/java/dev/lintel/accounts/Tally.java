package dev.lintel.accounts;

import java.io.Serializable;
import java.time.Instant;

/**
 * Wrong guesses of one kind, as they are kept over a restart.
 *
 * @param subject what they are counted for; never a person's name
 * @param wrong since the last lock-out, or the last right one
 * @param lockOuts one after the other, without a right one between
 * @param today wrong ones since {@code dayBegan}
 * @param lockedUntil when the next is looked at
 */
public record Tally(
        String subject, int wrong, int lockOuts, int today, Instant dayBegan, Instant last, Instant lockedUntil)
        implements Serializable {}
