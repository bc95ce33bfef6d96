package dev.lintel.recognition;

/** Which face of an image is meant, where it shows several. */
public enum FaceChoice {
    /** There must be one only, but for faces less than half as wide, of people who stand behind. */
    ONE,
    /** The largest. */
    LARGEST,
    /** Each of them; for identification only. */
    ALL
}
