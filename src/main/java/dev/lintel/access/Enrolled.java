package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * From when to when somebody is enrolled, and in which groups.
 *
 * @param until since when the person is deactivated, or when the person was deleted of whom the attendance was kept; else null
 * @param groups as {@link AccessRights#groups}, as they are now: without {@value AccessRights#EVERYBODY}
 */
public record Enrolled(Instant since, Instant until, List<String> groups) implements Serializable {
    public Enrolled {
        groups = List.copyOf(groups);
    }

    /** Whether at any moment from the one to the other. */
    public boolean isBetween(Instant from, Instant to) {
        return since.isBefore(to) && (until == null || until.isAfter(from));
    }
}
