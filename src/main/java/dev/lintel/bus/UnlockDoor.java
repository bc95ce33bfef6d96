package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * Open a door for somebody; recorded first. Refused if there is no such door.
 *
 * @param by who asked: the name of an API key, or empty
 */
public record UnlockDoor(String door, String by, Deadline deadline) implements Message {}
