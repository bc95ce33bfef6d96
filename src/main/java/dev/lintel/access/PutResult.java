package dev.lintel.access;

/** What was done to have a person of another system. */
public enum PutResult {
    CREATED,
    /** Somebody who had no number has it now. */
    LINKED,
    UPDATED,
    UNCHANGED
}
