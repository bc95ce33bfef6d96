package dev.lintel.door;

/** One door. */
public record DoorConfig() {}
