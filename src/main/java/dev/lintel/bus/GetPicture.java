package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * What does this camera see? Answered as soon as there is a picture newer than one the asker has: asked again and again
 * with the sequence of the last answer, it is a live picture at the asker's own pace. Refused if there is no such
 * camera, its picture may not be shown, or it is not live.
 *
 * @param after sequence of the last picture that the asker has; 0 for any
 */
public record GetPicture(String camera, long after, Deadline deadline) implements Message {}
