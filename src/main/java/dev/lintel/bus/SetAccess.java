package dev.lintel.bus;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Pin;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/**
 * Give a person these rights instead of the former ones. Refused if unknown.
 *
 * @param rights its {@code pinSet} is not looked at
 * @param pin the new PIN; null leaves it as it is
 */
public record SetAccess(Label person, AccessRights rights, Pin pin, Deadline deadline) implements Message {}
