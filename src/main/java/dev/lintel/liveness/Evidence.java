package dev.lintel.liveness;

import dev.lintel.access.Reason;

/**
 * One thing that a sequence of frames says about whether a face is live.
 *
 * @param weight what it adds to the logarithm of the odds: positive speaks for a live face
 * @param reason what it is; null where it says nothing
 */
record Evidence(double weight, Reason reason) {
    static final Evidence NONE = new Evidence(0, null);

    boolean says() {
        return weight != 0;
    }
}
