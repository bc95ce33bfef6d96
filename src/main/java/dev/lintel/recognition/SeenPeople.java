package dev.lintel.recognition;

import dev.lintel.face.Label;
import dev.lintel.messages.RenewalMessages.SeenPerson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How people looked who were recognised a moment ago, in memory alone, until somebody confirms who they were. Of one visit the latest
 * view counts. Not thread-safe.
 */
final class SeenPeople {
    static final Duration KEPT = Duration.ofMinutes(10);

    /** 37 kB each. */
    static final int MOST = 50;

    private final InstantSource clock;
    private final Map<UUID, SeenPerson> views = new LinkedHashMap<>();

    /** @param clock by which the views were taken */
    SeenPeople(InstantSource clock) {
        this.clock = clock;
    }

    void seen(SeenPerson person) {
        tidy();
        views.remove(person.visit());
        views.put(person.visit(), person);
        if (views.size() > MOST) {
            views.remove(views.keySet().iterator().next());
        }
    }

    /** Once: afterwards it is gone. */
    Optional<SeenPerson> take(UUID visit) {
        tidy();
        return Optional.ofNullable(views.remove(visit));
    }

    void forget(Label person) {
        views.values().removeIf(view -> view.person().equals(person));
    }

    /** Lets go of what is too old. */
    void tidy() {
        views.values().removeIf(view -> view.at().plus(KEPT).isBefore(clock.instant()));
    }
}
