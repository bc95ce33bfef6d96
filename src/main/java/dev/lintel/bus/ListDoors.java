package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** How are the doors? */
public record ListDoors(Deadline deadline) implements Message {}
