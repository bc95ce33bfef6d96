package dev.lintel.door.policy;

/** What a doubt leads to: a face near the threshold, or one that is not proven live. */
public enum OnUncertain {
    DENY,
    /** The PIN of the person it resembles settles it. */
    PIN
}
