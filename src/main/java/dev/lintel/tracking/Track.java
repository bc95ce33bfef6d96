package dev.lintel.tracking;

import dev.lintel.access.Cue;
import dev.lintel.challenge.Intent;
import dev.lintel.challenge.Proof;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.time.Instant;

/** A face that is followed, and whose visit it is taken for. Confined to its tracker's thread. */
final class Track {
    static final long NONE = Long.MIN_VALUE / 2;

    final int number;
    final Motion motion;
    final Intent.Face intent;
    Visit visit;

    /** Whether a frame since the last view did not show the face. */
    boolean missed;

    /** Whether the face may have become somebody else's: after a gap, or where paths crossed. */
    boolean doubtful;

    /** The best view since the last one that was asked about. */
    View best;

    /** The view whose embedding is awaited; null if none is. */
    View asked;

    /** What {@link #asked} says about liveness, until it is known whose face it is; null before. */
    FrameEvidence judged;

    /** Capture of the view that was recognised as the visit's before it was judged; {@link #NONE} if none was. */
    long recognised = NONE;

    /** Views from here on belong together: the face was neither lost nor jumped, and every look found the same one. */
    long unbroken;

    long lastAsked = NONE;

    /** A vote that did not fit the visit, until another one confirms or refutes it. */
    Vote misfit;

    /** Whether the next view should be asked about at once. */
    boolean urgent;

    /** A view of the face, with the whole frame beside it. */
    record View(SeenFace face, GreyImage scene, int frameWidth, long nanos, Instant at) {
        double quality() {
            return face.quality().score();
        }
    }

    Track(int number, Motion motion, Intent.Face intent, Visit visit) {
        this.number = number;
        this.motion = motion;
        this.intent = intent;
        this.visit = visit;
    }

    /** What is to be said to this face. */
    Cue cue() {
        return intent.wants() ? visit.proof.map(Proof::cue).orElse(Cue.of(Cue.Kind.LOOK)) : Cue.of(Cue.Kind.PASSING);
    }

    /** Nothing that was seen before {@code nanos} proves anything about the face from now on. */
    void broken(long nanos) {
        visit.proof.ifPresent(proof -> proof.broken(nanos));
        anew(nanos);
    }

    /** What the frames show of a live face is gathered anew; what was asked for was done. */
    void anew(long nanos) {
        unbroken = nanos;
        visit.renewing = 0;
        judged = null;
        recognised = NONE;
        visit.liveness = visit.liveness.anew();
        if (best != null && best.nanos() < nanos) {
            best = null;
        }
    }

    /** The view was recognised as the visit's face: what it says about liveness counts, now or when it is known. */
    void recognised(View view) {
        if (view.nanos() < unbroken) {
            return;
        }
        visit.proof.ifPresent(proof -> proof.recognised(view.nanos()));
        if (judged != null) {
            visit.liveness.add(judged);
        } else {
            recognised = view.nanos();
        }
    }

    /** A view was judged: it counts once it is known that the face is the visit's, and if not it never does. */
    void judged(FrameEvidence evidence) {
        if (asked != null && asked.nanos() == evidence.nanos()) {
            judged = evidence;
        } else if (recognised == evidence.nanos()) {
            recognised = NONE;
            visit.liveness.add(evidence);
        }
    }
}
