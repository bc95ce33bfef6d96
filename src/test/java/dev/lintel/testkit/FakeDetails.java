package dev.lintel.testkit;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Details;
import dev.lintel.face.Label;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said of people, and who is deactivated, in memory. */
final class FakeDetails {
    private final Map<Label, Details> details = new HashMap<>();
    private final Map<Label, Instant> inactive = new HashMap<>();

    Details of(Label label) {
        return details.getOrDefault(label, Details.NONE);
    }

    Instant inactiveSince(Label label) {
        return inactive.get(label);
    }

    boolean active(Label label) {
        return !inactive.containsKey(label);
    }

    void say(Label label, Details.Change change) {
        details.put(label, of(label).with(change));
    }

    void activate(Label label, boolean active, Instant now) {
        if (active) {
            inactive.remove(label);
        } else {
            inactive.putIfAbsent(label, now);
        }
    }

    Optional<Label> owner(String externalId) {
        return details.entrySet().stream()
                .filter(one -> one.getValue().externalId().equals(externalId))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void move(Label from, Label to) {
        if (details.containsKey(from)) {
            details.putIfAbsent(to, details.remove(from));
        }
        if (inactive.containsKey(from)) {
            inactive.put(to, inactive.remove(from));
        }
    }

    void forget(Label label) {
        details.remove(label);
        inactive.remove(label);
    }

    void clear() {
        details.clear();
        inactive.clear();
    }

    List<GalleryDump.Described> all() {
        List<GalleryDump.Described> all = new ArrayList<>();
        details.forEach((label, said) -> all.add(new GalleryDump.Described(label, said, inactive.get(label))));
        return all;
    }
}
