package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * What happened after that, oldest first? For those who follow the log and come back after an interruption.
 *
 * @param after sequence of the last event that is known, exclusive
 * @param limit most events to answer, at least 1
 */
public record FollowEvents(long after, int limit, Deadline deadline) implements Message {}
