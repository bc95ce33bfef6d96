package dev.lintel.messages;

import dev.lintel.access.GalleryDump;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import java.io.Serializable;

/** All templates out of the store and back. */
public final class BackupMessages {
    /** Store: everything that is stored, vectors included, for a backup. */
    public static final Address<ExportGallery, GalleryDump> EXPORT = Address.house("store.export");

    /** Store: a backup back, all or nothing. */
    public static final Address<ImportGallery, ImportResult> IMPORT = Address.house("store.import");

    /** Everything, for a backup. */
    public record ExportGallery(Deadline deadline) implements Message {}

    /** Add these templates, all or none; a template that is stored already (same label and vector) is skipped. */
    public record ImportGallery(GalleryDump dump, Deadline deadline) implements Command {}

    /**
     * @param imported templates that were stored
     * @param skipped templates that were there before
     * @param people people in the store afterwards
     */
    public record ImportResult(int imported, int skipped, int people) implements Serializable {}

    private BackupMessages() {}
}
