package dev.lintel.bus;

import dev.lintel.face.Label;
import java.io.Serializable;

/**
 * @param templates how many were deleted
 * @param remaining how many the person still has
 */
public record Deletion(Label label, int templates, int remaining) implements Serializable {}
