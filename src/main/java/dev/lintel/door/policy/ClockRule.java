package dev.lintel.door.policy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Reason;
import java.util.Optional;

/** {@code clock}: as long as nobody knows what time it is, only those pass whom no hours and no dates concern. */
final class ClockRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        AccessRights rights = c.rights();
        boolean timeless =
                rights.from() == null && rights.until() == null && c.hours().always(rights.groups());
        return c.timeKnown() || timeless
                ? Optional.empty()
                : Optional.of(Ruling.denied("clock", new Reason("do-clock")));
    }
}
