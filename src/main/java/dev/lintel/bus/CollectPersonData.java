package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/** Everything that the store holds about a person, for the person's right of access. Refused if unknown. */
public record CollectPersonData(Label label, Deadline deadline) implements Message {}
