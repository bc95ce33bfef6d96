package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** Everything, for a backup. */
public record ExportGallery(Deadline deadline) implements Message {}
