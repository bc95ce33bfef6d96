package dev.lintel.door.policy;

/** What a face leads to that is near the threshold. */
public enum OnUncertain {
    DENY,
    /** The PIN of the person it resembles settles it. */
    PIN
}
