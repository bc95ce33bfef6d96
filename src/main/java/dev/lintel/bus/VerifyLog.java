package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** Are the event log and the attendance book as the box wrote them? Reads all of both. */
public record VerifyLog(Deadline deadline) implements Message {}
