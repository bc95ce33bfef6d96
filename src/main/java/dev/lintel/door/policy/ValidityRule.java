package dev.lintel.door.policy;

import dev.lintel.access.Reason;
import java.util.Optional;

/** {@code validity}: the person's rights have begun and not ended. */
final class ValidityRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        if (c.rights().validFrom().filter(c.at()::isBefore).isPresent()) {
            return Optional.of(Ruling.denied(
                    "validity", Reason.at("not-yet", "from", c.rights().from())));
        }
        if (c.rights().validUntil().filter(until -> !c.at().isBefore(until)).isPresent()) {
            return Optional.of(Ruling.denied(
                    "validity", Reason.at("no-longer", "until", c.rights().until())));
        }
        return Optional.empty();
    }
}
