package dev.lintel.access;

import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * All templates, in the order of labels and ids, and the rights of people who have some. PINs are not among them. Face
 * data: handle as such.
 */
public record GalleryDump(List<Entry> entries, List<Rights> rights) implements Serializable {

    /**
     * A template with its vector and person.
     *
     * @param setAside whether it is kept, but not compared
     */
    public record Entry(Label label, Instant createdAt, double quality, Embedding embedding, boolean setAside)
            implements Serializable {
        /** One that is compared. */
        public Entry(Label label, Instant createdAt, double quality, Embedding embedding) {
            this(label, createdAt, quality, embedding, false);
        }
    }

    /** When a person may pass. */
    public record Rights(Label label, AccessRights rights) implements Serializable {}

    public GalleryDump {
        entries = List.copyOf(entries);
        rights = List.copyOf(rights);
    }

    /** Without rights. */
    public GalleryDump(List<Entry> entries) {
        this(entries, List.of());
    }
}
