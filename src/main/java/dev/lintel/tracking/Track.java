package dev.lintel.tracking;

import dev.lintel.vision.SeenFace;
import java.time.Instant;

/** A face that is followed, and whose visit it is taken for. Confined to its tracker's thread. */
final class Track {
    final int number;
    final Motion motion;
    Visit visit;

    /** Whether the face may have become somebody else's: after a gap, or where paths crossed. */
    boolean doubtful;

    /** The best view since the last one that was asked about. */
    View best;

    /** The view whose embedding is awaited; null if none is. */
    View asked;

    long lastAsked = Long.MIN_VALUE / 2;
    long lastInspected = Long.MIN_VALUE / 2;

    /** A vote that did not fit the visit, until another one confirms or refutes it. */
    Vote misfit;

    /** Whether the next view should be asked about at once. */
    boolean urgent;

    /** One look at the face. */
    record View(SeenFace face, long nanos, Instant at) {
        double quality() {
            return face.quality().score();
        }
    }

    Track(int number, Motion motion, Visit visit) {
        this.number = number;
        this.motion = motion;
        this.visit = visit;
    }
}
