package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** How are the cameras? */
public record ListCameras(Deadline deadline) implements Message {}
