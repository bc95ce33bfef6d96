package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** Do not list this face any more. Its visits are forgotten; what it looks like is kept for a while, to know it again. */
public record IgnoreVisitors(long group, Deadline deadline) implements Message {}
