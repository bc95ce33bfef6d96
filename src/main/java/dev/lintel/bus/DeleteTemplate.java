package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/** Forget one template; with the last one, the person. Refused if either is unknown. */
public record DeleteTemplate(Label label, long id, Deadline deadline) implements Message {}
