package dev.lintel.access;

import java.io.Serializable;

/**
 * An event that is on disk.
 *
 * @param sequence its place in the log, rising by time of storing, never reused
 * @param fresh whether it was stored now, not before
 */
public record Recorded(long sequence, boolean fresh, DoorEvent event) implements Serializable {}
