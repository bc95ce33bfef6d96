package dev.lintel.access;

/** What becomes of the attendance of a person who is deleted. */
public enum OnDeletion {
    /** Stays under the person's label, until it is older than attendance is kept. */
    KEEP,
    /** Removed. */
    DELETE,
    /** Times that belong to nobody; what was written by hand is removed. */
    ANONYMISE
}
