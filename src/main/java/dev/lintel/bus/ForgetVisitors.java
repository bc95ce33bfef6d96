package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** Forget this group of unknown visitors, ignored or not, with all that is stored of it. */
public record ForgetVisitors(long group, Deadline deadline) implements Message {}
