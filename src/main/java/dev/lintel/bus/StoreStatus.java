package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** How is the store? */
public record StoreStatus(Deadline deadline) implements Message {}
