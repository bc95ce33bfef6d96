package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Since when somebody is enrolled, and in which groups they are now.
 *
 * @param groups as {@link AccessRights#groups}: without {@value AccessRights#EVERYBODY}
 */
public record Enrolled(Instant since, List<String> groups) implements Serializable {
    public Enrolled {
        groups = List.copyOf(groups);
    }
}
