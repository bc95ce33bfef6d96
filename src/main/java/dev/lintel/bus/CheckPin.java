package dev.lintel.bus;

import dev.lintel.access.Pin;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/** Is this the PIN of that person? False as well if there is no such person or PIN, in the same time. */
public record CheckPin(Label person, Pin pin, Deadline deadline) implements Message {}
