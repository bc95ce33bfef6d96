package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/** What is stored of this person? Refused if unknown. */
public record GetPerson(Label label, Deadline deadline) implements Message {}
