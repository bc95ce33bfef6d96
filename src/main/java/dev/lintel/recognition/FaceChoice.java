package dev.lintel.recognition;

/** Which face of an image is meant, where it shows several. */
public enum FaceChoice {
    /** There must be one only. */
    ONE,
    /** The largest. */
    LARGEST,
    /** Each of them; for identification only. */
    ALL
}
