package dev.lintel.bus;

import dev.lintel.access.Pin;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/**
 * Somebody typed this at a door. The answer has been acted on and recorded. Refused if no PIN is expected, or after
 * too many wrong ones.
 *
 * @param person who it says it is, where the door takes a PIN without a face; otherwise null
 */
public record EnterPin(String door, Label person, Pin pin, Deadline deadline) implements Message {}
