package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;

/** Which faces are in this image, how good and how live are they? Refused if there is none. */
public record ScreenImage(EncodedImage image, Deadline deadline) implements Message {}
