package dev.lintel.backup;

import java.time.Instant;

/**
 * How backups are.
 *
 * @param newest when the newest of this box was made; null if there is none
 * @param bytes of it; 0 if there is none
 * @param fault why the last attempt failed; empty if it did not, or none was made
 * @param faultAt when; null if it did not fail
 * @param late whether the box makes them by itself, and one is missing
 * @param nightly whether the box makes them by itself
 */
public record BackupStatus(Instant newest, long bytes, String fault, Instant faultAt, boolean late, boolean nightly) {
    static final BackupStatus UNKNOWN = new BackupStatus(null, 0, "", null, false, false);

    /** Whether somebody has to see to it. */
    public boolean trouble() {
        return !fault.isEmpty() || nightly && late;
    }

    /** In a few words. */
    public String text() {
        String last = newest == null ? "none was made yet" : "the last one was made at " + newest;
        if (!fault.isEmpty()) {
            return last + "; at " + faultAt + " it failed: " + fault;
        }
        return last + (late ? ", later than it should have been" : nightly ? "" : ", none is made by itself");
    }
}
