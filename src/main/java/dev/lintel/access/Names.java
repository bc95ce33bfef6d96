package dev.lintel.access;

/** How people are called towards one reader. */
public enum Names {
    /** By their label. */
    FULL,
    /** By an id that is the same each time for this reader and another one for any other. */
    IDS,
    /** Not at all. */
    NONE
}
