package dev.lintel.bus;

import dev.lintel.face.EncodedImage;
import java.io.Serializable;
import java.time.Instant;

/**
 * One picture of a camera.
 *
 * @param sequence rising from 1
 * @param at when it was captured
 * @param jpeg turned, mirrored and cut as configured, no larger than a screen needs
 */
public record CameraPicture(String camera, long sequence, Instant at, EncodedImage jpeg) implements Serializable {}
