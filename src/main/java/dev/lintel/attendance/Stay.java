package dev.lintel.attendance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Somebody was there.
 *
 * @param day that it counts on: the working day on which it began
 * @param to null if the leaving was not seen
 */
record Stay(LocalDate day, Instant from, Instant to) {

    boolean isOpen() {
        return to == null;
    }

    /** Real time elapsed; none if the leaving was not seen. */
    Duration length() {
        return isOpen() ? Duration.ZERO : Duration.between(from, to);
    }
}
