package dev.lintel.messages;

import dev.lintel.access.GalleryDump;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import dev.lintel.face.Told;
import java.io.Serializable;
import java.util.Map;
import java.util.UUID;

/** All templates out of the store and back. */
public final class BackupMessages {
    /** Store: everything that is stored, vectors included, for a backup. */
    public static final Address<ExportGallery, GalleryDump> EXPORT = Address.house("store.export");

    /** Store: a backup back, part by part, all or nothing. */
    public static final Address<ImportGallery, ImportResult> IMPORT = Address.house("store.import");

    /** Store: an import whose rest will not come; what was written of it is removed. */
    public static final Address<AbortImport, Boolean> ABORT_IMPORT = Address.house("store.import.abort");

    /** Everything, for a backup. */
    public record ExportGallery(Deadline deadline) implements Message {}

    /**
     * Add these templates, all or none; a template that is stored already (same label and vector) is skipped. A large backup
     * comes in parts, the next after the answer to the one before. Nothing of it shows before the last part is answered, and
     * nothing stays of it once a part was refused or failed. One import at a time.
     *
     * @param id the same for each part
     * @param number 0 for the first part, 1 for the next and so on
     * @param most so many templates there are at most in all parts together
     * @param last whether this part is the last one
     */
    public record ImportGallery(UUID id, int number, GalleryDump dump, long most, boolean last, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("imported");
        }

        /** All of it in one part. */
        public ImportGallery(GalleryDump dump, Deadline deadline) {
            this(UUID.randomUUID(), 0, dump, dump.entries().size(), true, deadline);
        }
    }

    /** @param id of the import */
    public record AbortImport(UUID id, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    /**
     * So far; of the last part, of the whole import.
     *
     * @param imported templates that were stored
     * @param skipped templates that were there before
     * @param people people in the store afterwards; 0 before the last part
     * @param withoutConsent people who were not let in, because their consent is missing, has ended or was withdrawn
     */
    public record ImportResult(int imported, int skipped, int people, int withoutConsent)
            implements Serializable, Told {
        /** Everybody was let in. */
        public ImportResult(int imported, int skipped, int people) {
            this(imported, skipped, people, 0);
        }

        @Override
        public Map<String, String> told() {
            return Map.of("templates", Integer.toString(imported), "skipped", Integer.toString(skipped));
        }
    }

    private BackupMessages() {}
}
