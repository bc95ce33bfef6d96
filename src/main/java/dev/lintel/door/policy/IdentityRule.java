package dev.lintel.door.policy;

import dev.lintel.access.Sighting.Identity;
import java.util.Optional;

/**
 * {@code unknown}: nobody is let in whom the box does not know. {@code uncertain}: nor who is near the threshold, unless
 * the door takes a PIN for it and the person has one.
 */
final class IdentityRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        Identity identity =
                c.seen() == null || c.proven() ? Identity.KNOWN : c.seen().identity();
        if (identity == Identity.UNKNOWN) {
            return Optional.of(Ruling.denied("unknown", "nobody enrolled is near enough"));
        }
        if (c.rights() == null) {
            return Optional.of(Ruling.denied("unknown", "this person is not enrolled any more"));
        }
        if (identity == Identity.UNCERTAIN && c.door().uncertain() == OnUncertain.DENY) {
            return Optional.of(Ruling.denied("uncertain", "near the threshold, and this door takes no PIN"));
        }
        if (identity == Identity.UNCERTAIN && !c.rights().pinSet()) {
            return Optional.of(
                    Ruling.denied("uncertain", "near the threshold, and no PIN is set for whom it resembles"));
        }
        return Optional.empty();
    }
}
