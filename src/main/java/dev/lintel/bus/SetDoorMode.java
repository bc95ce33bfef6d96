package dev.lintel.bus;

import dev.lintel.access.ModeSetting;
import dev.lintel.face.Deadline;

/**
 * From now on this door is in this mode, also after a restart. Recorded. Refused if there is no such door.
 *
 * @param by who asked: the name of an API key, or empty
 */
public record SetDoorMode(String door, ModeSetting mode, String by, Deadline deadline) implements Message {}
