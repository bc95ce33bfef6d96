package dev.lintel.bus;

import dev.lintel.face.Person;
import java.io.Serializable;
import java.util.List;

/**
 * @param people in the order of their labels
 * @param total how many there are on all pages
 * @param more whether people follow after the last one here
 */
public record PeoplePage(List<Person.Summary> people, int total, boolean more) implements Serializable {
    public PeoplePage {
        people = List.copyOf(people);
    }
}
