package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * The visit that something follows from.
 *
 * @param id the same in everything that concerns the visit, from the live view to the lock
 * @param seenAt when its sighting became clear
 */
public record VisitRef(UUID id, Instant seenAt) implements Serializable {}
