package dev.lintel.bus;

/** How far a message travels where several boxes share one event bus. A single box sees no difference. */
public enum Scope {
    /** Its cameras, its doors, its workers: never leaves the box. */
    BOX,

    /** The store: one for all boxes of the house. */
    HOUSE
}
