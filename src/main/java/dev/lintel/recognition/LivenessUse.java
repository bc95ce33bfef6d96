package dev.lintel.recognition;

/** What follows from whether a face looks live. */
public enum LivenessUse {
    /** Every face must, or it is refused. */
    REQUIRED,
    /** Of several images, only the face in the first must: the others may be printed photos. */
    FIRST,
    /** Nothing: it is judged, and the judgement is part of the answer. */
    REPORT;

    /** @param first whether it is about the first image */
    boolean demands(boolean first) {
        return this == REQUIRED || (this == FIRST && first);
    }
}
