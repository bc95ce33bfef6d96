package dev.lintel.challenge;

import dev.lintel.access.Cue;
import dev.lintel.access.LiveProof;
import dev.lintel.access.LiveProof.State;
import dev.lintel.access.Reason;
import dev.lintel.face.Label;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Whether the face of one visit has done what it was asked for. Confined to its tracker's thread. */
public final class Proof {
    /** So long it is waited for that somebody who was recognised stands still. */
    private static final long PATIENCE = Duration.ofSeconds(8).toNanos();

    /** So long the other checks may take after the last movement: a head that turned quickly is judged anew. */
    private static final long AFTERWARDS = Duration.ofMillis(1500).toNanos();

    /** So long somebody else has the turn then. */
    private static final long TURN = Duration.ofSeconds(1).toNanos();

    /** Frames before the prompt that may show already that the head is still. */
    private static final int LATELY = 8;

    private final Challenges all;
    private Challenge challenge;
    private Label named;
    private long wanted;
    private long notBefore = Long.MIN_VALUE;
    private boolean passed;
    private long passedAt;
    private long since;
    private Cue last;
    private final Deque<HeadPose> lately = new ArrayDeque<>();
    private Reason reason = new Reason("challenge-still");

    Proof(Challenges all) {
        this.all = all;
    }

    /** The visit's face was recognised as this person's or near it, and something is to be proven: asks, if it may. */
    public void want(Label person, long nanos) {
        if (passed || challenge != null && !challenge.over()) {
            return;
        }
        if (!person.equals(named)) {
            named = person;
            wanted = nanos;
            since = nanos;
        }
        if (all.lockedOut(named, nanos)) {
            reason = all.lockedFor(named, nanos);
            last = Cue.of(Cue.Kind.PAUSE);
        } else if (nanos >= all.notBefore(named, nanos) && nanos >= notBefore) {
            Challenge next = all.begin(this, named, nanos);
            if (next == null) {
                reason = new Reason("challenge-turn");
            } else {
                challenge = next;
                last = null;
                lately.forEach(challenge::frame);
            }
        }
    }

    /** The visit's face in the next frame. */
    public void frame(HeadPose pose) {
        lately.add(pose);
        if (lately.size() > LATELY) {
            lately.poll();
        }
        if (challenge != null) {
            challenge.frame(pose);
            settle(pose.nanos());
        }
    }

    /** Time passes. */
    public void time(long nanos) {
        if (challenge != null) {
            challenge.time(nanos);
            settle(nanos);
        }
    }

    /** A view captured then was recognised as the visit's face. */
    public void recognised(long nanos) {
        if (challenge != null) {
            challenge.recognised(nanos);
            settle(nanos);
        }
    }

    /** The face was lost, jumped, or may have become somebody else's: what was done counts no more. */
    public void broken(long nanos) {
        passed = false;
        lately.clear();
        if (challenge != null) {
            challenge.broken("challenge-face", nanos);
            settle(nanos);
        }
    }

    /** The visit is over. */
    public void gone(long nanos) {
        broken(nanos);
        challenge = null;
        all.leave(this);
    }

    /** One who does not stand still keeps the others from their turn. */
    private void giveUp(long nanos) {
        if (!challenge.asked() && nanos - wanted > PATIENCE) {
            reason = challenge.reason();
            challenge = null;
            notBefore = nanos + TURN;
            wanted = notBefore;
            all.leave(this);
        }
    }

    private void settle(long nanos) {
        if (!challenge.over()) {
            giveUp(nanos);
            return;
        }
        reason = challenge.reason();
        if (challenge.phase() == Challenge.Phase.PASSED) {
            passed = true;
            passedAt = challenge.finished();
            all.passed(named);
            last = Cue.of(Cue.Kind.DONE);
        } else {
            all.failed(named, challenge.finished());
            last = Cue.of(all.lockedOut(named, challenge.finished()) ? Cue.Kind.PAUSE : Cue.Kind.AGAIN);
        }
        challenge = null;
        all.leave(this);
    }

    /** Whether a prompt is shown, or is about to be. */
    public boolean running() {
        return challenge != null;
    }

    /** Whether what is known so far may soon be more. */
    public boolean pending(long nanos) {
        if (passed) {
            return nanos - passedAt < AFTERWARDS;
        }
        boolean begun = challenge != null && challenge.asked();
        boolean waiting = named != null && last == null && nanos - since < PATIENCE;
        return begun || waiting;
    }

    /** What came of it so far, by its code. */
    String reasonCode() {
        return (challenge == null ? reason : challenge.reason()).code();
    }

    public boolean passed() {
        return passed;
    }

    /** What the screen says to this face; null for nothing in particular. */
    public Cue cue() {
        return challenge == null ? last : challenge.cue();
    }

    /**
     * What the other checks found, together with this.
     *
     * @param person who it is taken for now: nobody else's proof counts
     */
    public LiveProof with(LiveProof found, Label person) {
        List<Reason> reasons = new ArrayList<>();
        if (passed && named.equals(person) || found.state() == State.ATTACK) {
            reasons.addAll(found.reasons());
            reasons.add(Math.min(1, reasons.size()), reason);
            return new LiveProof(found.state(), found.score(), reasons);
        }
        reasons.add(passed ? new Reason("challenge-face") : challenge == null ? reason : challenge.reason());
        reasons.addAll(found.reasons());
        return new LiveProof(State.NOT_PROVEN, found.score(), reasons);
    }
}
