package dev.lintel.bus;

import dev.lintel.access.Sighting;
import dev.lintel.face.Deadline;

/** May this person pass the doors that this camera belongs to? The answer has been acted on and recorded. */
public record DecideSighting(Sighting sighting, Deadline deadline) implements Message {}
