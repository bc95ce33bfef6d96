package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/** Forget the PIN of a person. Refused if the person is unknown; not if there is no PIN. */
public record ClearPin(Label person, Deadline deadline) implements Message {}
