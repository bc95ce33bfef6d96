package dev.lintel.door.policy;

import dev.lintel.access.Direction;
import java.time.Duration;
import java.util.Optional;

/** {@code anti-passback}: nobody goes in twice without having come out, nor out twice without having gone in. */
final class PassbackRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        return c.door().antiPassback().mode() == PassbackConfig.Mode.HARD && violated(c)
                ? Optional.of(Ruling.denied("anti-passback", sentence(c)))
                : Optional.empty();
    }

    /** Whether the person goes the same way as the last time, and that still counts. */
    static boolean violated(Case c) {
        PassbackConfig config = c.door().antiPassback();
        return config.mode() != PassbackConfig.Mode.OFF
                && c.direction() != Direction.BOTH
                && c.direction() == c.state().wentLast()
                && Duration.between(c.state().wentAt(), c.at()).compareTo(config.reset()) < 0;
    }

    static String sentence(Case c) {
        return c.direction() == Direction.IN
                ? "went in at " + c.state().wentAt() + " and has not come out since"
                : "went out at " + c.state().wentAt() + " and has not gone in since";
    }
}
