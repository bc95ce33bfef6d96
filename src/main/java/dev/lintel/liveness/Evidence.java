package dev.lintel.liveness;

/**
 * One thing that a sequence of frames says about whether a face is live.
 *
 * @param weight what it adds to the logarithm of the odds: positive speaks for a live face
 * @param reason one short sentence without personal data; empty where it says nothing
 */
record Evidence(double weight, String reason) {
    static final Evidence NONE = new Evidence(0, "");

    boolean says() {
        return weight != 0;
    }
}
