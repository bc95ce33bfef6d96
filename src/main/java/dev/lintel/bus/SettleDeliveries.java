package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * A target has been told, or need not be told, of everything up to this place in the log. Settling again changes nothing.
 *
 * @param target its name in the configuration
 * @param upTo sequence of the last event that is settled
 */
public record SettleDeliveries(String target, long upTo, Deadline deadline) implements Message {}
