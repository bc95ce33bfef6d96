package dev.lintel.access;

import dev.lintel.face.Details;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * All templates, in the order of labels and ids, the rights of people who have some, and what the operator's own system says of
 * people. PINs are not among them. Face data: handle as such.
 */
public record GalleryDump(List<Entry> entries, List<Rights> rights, List<Described> people) implements Serializable {

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

    /**
     * What the operator's own system says of a person, who may have no template.
     *
     * @param inactiveSince null for whoever is recognised
     */
    public record Described(Label label, Details details, Instant inactiveSince) implements Serializable {}

    public GalleryDump {
        entries = List.copyOf(entries);
        rights = List.copyOf(rights);
        people = List.copyOf(people);
    }

    /** Of people of whom nothing else is said. */
    public GalleryDump(List<Entry> entries, List<Rights> rights) {
        this(entries, rights, List.of());
    }

    /** Without rights. */
    public GalleryDump(List<Entry> entries) {
        this(entries, List.of());
    }
}
