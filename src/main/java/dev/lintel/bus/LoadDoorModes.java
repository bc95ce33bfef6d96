package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** Which modes were kept? */
public record LoadDoorModes(Deadline deadline) implements Message {}
