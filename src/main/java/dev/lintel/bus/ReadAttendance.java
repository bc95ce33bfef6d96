package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import java.time.Instant;

/**
 * Who came and went in this time? Refused if {@code person} is not enrolled.
 *
 * @param from inclusive
 * @param to exclusive
 * @param person of whom; null: of everybody
 */
public record ReadAttendance(Instant from, Instant to, Label person, Deadline deadline) implements Message {}
