package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** How much waits for each target? */
public record OutboxStatus(Deadline deadline) implements Message {}
