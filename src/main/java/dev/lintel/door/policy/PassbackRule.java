package dev.lintel.door.policy;

import dev.lintel.access.Direction;
import dev.lintel.access.Reason;
import java.util.Optional;

/** {@code anti-passback}: nobody goes in twice without having come out, nor out twice without having gone in. */
final class PassbackRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        return c.rules().antiPassback().mode() == PassbackConfig.Mode.HARD && violated(c)
                ? Optional.of(Ruling.denied("anti-passback", reason(c)))
                : Optional.empty();
    }

    /** Whether the person goes the same way as the last time, and that still counts. */
    static boolean violated(Case c) {
        PassbackConfig config = c.rules().antiPassback();
        return config.mode() != PassbackConfig.Mode.OFF
                && c.direction() != Direction.BOTH
                && c.direction() == c.state().wentLast()
                && c.state().went().compareTo(config.reset()) < 0;
    }

    static Reason reason(Case c) {
        return Reason.at(
                c.direction() == Direction.IN ? "inside" : "outside",
                "since",
                c.state().wentAt());
    }
}
