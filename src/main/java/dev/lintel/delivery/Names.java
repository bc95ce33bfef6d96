package dev.lintel.delivery;

/** How people are called towards one target. */
public enum Names {
    /** By their label. */
    FULL,
    /** By an id that is the same each time at this target and another one at any other. */
    IDS,
    /** Not at all. */
    NONE
}
