package dev.lintel.access;

/** What goes before every other rule of a door. */
public enum DoorMode {
    NORMAL,
    /** Nobody passes; an operator still may open. */
    LOCK_DOWN,
    /** Everybody passes; who is recognised is still recorded. */
    FREE_PASSAGE
}
