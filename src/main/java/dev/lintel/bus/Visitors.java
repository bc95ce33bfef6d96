package dev.lintel.bus;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Unknown people.
 *
 * @param keep how long a visit is remembered; zero: none is
 */
public record Visitors(Duration keep, List<VisitorGroup> groups) implements Serializable {

    public Visitors {
        groups = List.copyOf(groups);
    }
}
