package dev.lintel.door.policy;

import dev.lintel.access.Reason;
import java.util.Optional;

/** {@code lock-down} shuts the door for everybody, {@code free-passage} opens it for everybody. */
final class ModeRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        return switch (c.state().mode()) {
            case NORMAL -> Optional.empty();
            case LOCK_DOWN -> Optional.of(Ruling.denied("lock-down", new Reason("lock-down")));
            case FREE_PASSAGE -> Optional.of(Ruling.granted("free-passage", new Reason("free-passage")));
        };
    }
}
