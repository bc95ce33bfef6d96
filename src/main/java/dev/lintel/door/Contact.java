package dev.lintel.door;

import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.Level;
import dev.lintel.door.lock.LockException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a contact at a GPIO line. Contacts bounce: it says what two readings in a row say. Used from one event loop. */
final class Contact {
    private static final Logger LOG = LoggerFactory.getLogger(Contact.class);

    private final Chips.Line line;
    private final boolean openWhenHigh;
    private Boolean before;
    private boolean broken;

    Contact(Chips.Line line, SensorConfig config) {
        this.line = line;
        this.openWhenHigh = config.openWhen() == Level.HIGH;
    }

    /** Whether the door is open; empty while the contact changes or cannot be read. */
    Optional<Boolean> read() {
        try {
            boolean open = line.high() == openWhenHigh;
            boolean steady = before != null && before == open;
            before = open;
            broken = false;
            return steady ? Optional.of(open) : Optional.empty();
        } catch (LockException e) {
            if (!broken) {
                LOG.error("a door's contact cannot be read: {}", e.getMessage());
            }
            broken = true;
            return Optional.empty();
        }
    }
}
