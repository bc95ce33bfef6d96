package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * Unknown people who were seen lately, in groups, last seen first.
 *
 * @param ignored those that are to be ignored, instead of the others
 */
public record ListVisitors(boolean ignored, Deadline deadline) implements Message {}
