package dev.lintel.door.policy;

import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
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
            return Optional.of(Ruling.denied("unknown", stranger(c.seen())));
        }
        if (c.rights() == null) {
            return Optional.of(Ruling.denied("unknown", new Reason("not-enrolled")));
        }
        if (identity == Identity.UNCERTAIN && c.rules().uncertain() == OnUncertain.DENY) {
            return Optional.of(Ruling.denied("uncertain", near(c.seen()), new Reason("no-pin-taken")));
        }
        if (identity == Identity.UNCERTAIN && !c.rights().pinSet()) {
            return Optional.of(Ruling.denied("uncertain", near(c.seen()), new Reason("no-pin-set")));
        }
        return Optional.empty();
    }

    private static Reason stranger(Sighting seen) {
        return seen.nearest() == null ? new Reason("nobody-enrolled") : measured("too-far", seen);
    }

    static Reason near(Sighting seen) {
        return measured("near-threshold", seen);
    }

    private static Reason measured(String code, Sighting seen) {
        return new Reason(code)
                .with("distance", seen.distance())
                .with("limit", seen.threshold())
                .with("margin", seen.margin());
    }
}
