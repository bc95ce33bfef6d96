package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** Add these templates, in one transaction; a template that is stored already (same label and vector) is skipped. */
public record ImportGallery(GalleryDump dump, Deadline deadline) implements Message {}
