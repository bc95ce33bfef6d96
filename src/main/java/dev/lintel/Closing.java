package dev.lintel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in reverse; one that cannot be closed does not keep the others open. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** Confined to the starting thread until the appliance is ready. */
    <T extends AutoCloseable> T later(String name, T closeable) {
        parts.push(new Part(name, closeable));
        return closeable;
    }

    void now() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closeable.close();
                LOG.debug("closed {}", part.name);
            } catch (Exception e) {
                LOG.warn("could not close {}: {}", part.name, e.toString());
            }
        }
    }
}
