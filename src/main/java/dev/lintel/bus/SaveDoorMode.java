package dev.lintel.bus;

import dev.lintel.access.ModeSetting;
import dev.lintel.face.Deadline;

/** Keep the mode of a door over a restart. */
public record SaveDoorMode(String door, ModeSetting mode, Deadline deadline) implements Message {}
