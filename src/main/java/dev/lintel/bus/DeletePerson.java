package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/** Forget a person and every template. Refused if unknown. */
public record DeletePerson(Label label, Deadline deadline) implements Message {}
