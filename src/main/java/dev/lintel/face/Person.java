package dev.lintel.face;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Somebody in the gallery, as the operator may see it: no vector.
 *
 * @param createdAt first enrolment
 * @param updatedAt last enrolment or rename
 * @param inactiveSince since when the person is not to be recognised; null for whoever is
 */
public record Person(
        Label label,
        Instant createdAt,
        Instant updatedAt,
        List<Template> templates,
        Details details,
        Instant inactiveSince)
        implements Serializable {

    /** Who is recognised, and of whom nothing else was said. */
    public Person(Label label, Instant createdAt, Instant updatedAt, List<Template> templates) {
        this(label, createdAt, updatedAt, templates, Details.NONE, null);
    }

    /**
     * One stored embedding, without it.
     *
     * @param id unique in the store, never reused
     * @param quality the face's quality score at enrolment, 0..1
     * @param setAside whether it is kept, but not compared
     * @param picture whether the picture that it was made of is kept
     * @param damaged whether it cannot be read, and so not be compared
     */
    public record Template(
            long id,
            String modelId,
            Instant createdAt,
            double quality,
            boolean setAside,
            boolean picture,
            boolean damaged)
            implements Serializable {}

    /** A person in a list. */
    public record Summary(
            Label label, int templates, Instant createdAt, Instant updatedAt, Details details, Instant inactiveSince)
            implements Serializable {}

    public Person {
        templates = List.copyOf(templates);
    }
}
