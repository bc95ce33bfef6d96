package dev.lintel.challenge;

import dev.lintel.access.Cue;
import dev.lintel.access.Movement;
import dev.lintel.access.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One prompt for one face: a few movements, each shown only once the one before has been made, at moments that nobody knows before.
 * The head must be still first. A movement counts that begins after it was shown, later than anybody can react to nothing, is made
 * within its time, is the one that was asked for, goes on without a cut, and during which the face was recognised as the visit's.
 * Anything else fails it, for good. Plain; confined to its tracker's thread; time comes with the frames.
 */
final class Challenge {
    /** Nobody reacts to what a screen shows within this. */
    private static final long REACTION = Duration.ofMillis(150).toNanos();

    /** Frames farther apart than this may hide anything between them. */
    private static final long GAP = Duration.ofMillis(350).toNanos();

    /** So long after the last movement the face may take to be recognised in it. */
    private static final long CONFIRM = Duration.ofMillis(1200).toNanos();

    /** Random waits before the first movement is shown, and before each further one. */
    private static final long MOST_WAIT = Duration.ofMillis(200).toNanos();

    private static final long LEAST_BREAK = Duration.ofMillis(150).toNanos();
    private static final long MOST_BREAK = Duration.ofMillis(400).toNanos();

    /** From so much of a movement on it has begun, and below it is over. */
    private static final double BEGUN = 0.4;

    /** So much of another one is more than swaying on the way back. */
    private static final double STRAY = 1;

    enum Phase {
        /** The head is not still yet. */
        SETTLE,
        /** It was, and the first movement is shown in a moment. */
        READY,
        MOVE,
        /** A movement was made; on the way back, the next one is shown in a moment. */
        BACK,
        /** All were made; whose face it was is still to be heard. */
        CONFIRM,
        PASSED,
        FAILED
    }

    private final List<Movement> prompt;
    private final long window;
    private final boolean mirrored;
    private final RandomGenerator random;
    private final Rest rest = new Rest();
    private final Continuity continuity = new Continuity();
    private final long[] begun;
    private final long[] ended;
    private final boolean[] confirmed;
    private Phase phase = Phase.SETTLE;
    private Amounts amounts;
    private int step;
    private boolean there;
    private long due;
    private long shown;
    private long firstShown;
    private long last = Long.MIN_VALUE / 2;
    private long finished;
    private Reason reason = new Reason("challenge-still");

    /** @param prompt what is asked for, in this order */
    Challenge(List<Movement> prompt, Duration window, boolean mirrored, RandomGenerator random) {
        this.prompt = List.copyOf(prompt);
        this.window = window.toNanos();
        this.mirrored = mirrored;
        this.random = random;
        this.begun = new long[prompt.size()];
        this.ended = new long[prompt.size()];
        this.confirmed = new boolean[prompt.size()];
    }

    Phase phase() {
        return phase;
    }

    boolean over() {
        return phase == Phase.PASSED || phase == Phase.FAILED;
    }

    /** Whether anything was shown: from then on nobody gets another prompt for nothing. */
    boolean asked() {
        return firstShown != 0;
    }

    /** When it was over, by the frames' clock. */
    long finished() {
        return finished;
    }

    /** What came of it, or what it waits for. */
    Reason reason() {
        return reason;
    }

    Cue cue() {
        return phase == Phase.MOVE ? Cue.move(prompt.get(step), step + 1, prompt.size()) : Cue.of(Cue.Kind.LOOK);
    }

    /** The face in the next frame. */
    void frame(HeadPose pose) {
        if (over()) {
            return;
        }
        boolean gap = pose.nanos() - last > GAP;
        last = pose.nanos();
        if (gap) {
            broken("challenge-gap", pose.nanos());
            continuity.clear();
        }
        if (continuity.cut(pose)) {
            broken("challenge-cut", pose.nanos());
        }
        if (over()) {
            return;
        }
        switch (phase) {
            case SETTLE -> settle(pose);
            case READY -> ready(pose);
            case MOVE -> move(pose);
            case BACK -> back(pose);
            default -> confirm(pose.nanos());
        }
    }

    /** Time passes, with or without frames. */
    void time(long nanos) {
        if (over()) {
            return;
        }
        if (phase == Phase.CONFIRM) {
            confirm(nanos);
        } else if (asked() && nanos - last > GAP) {
            fail("challenge-gap", nanos);
        }
    }

    /** A view captured then was recognised as the visit's face. */
    void recognised(long nanos) {
        for (int i = 0; i < prompt.size(); i++) {
            confirmed[i] |= begun[i] != 0 && nanos >= begun[i] && (ended[i] == 0 || nanos <= ended[i]);
        }
        if (phase == Phase.CONFIRM) {
            confirm(last);
        }
    }

    /** The face was lost, jumped, or is somebody else's. Before anything was shown it begins again; afterwards it has failed. */
    void broken(String why, long nanos) {
        if (over()) {
            return;
        }
        if (asked()) {
            fail(why, nanos);
        } else {
            phase = Phase.SETTLE;
            rest.clear();
        }
    }

    private void settle(HeadPose pose) {
        rest.add(pose).ifPresent(mean -> {
            amounts = new Amounts(mean, mirrored);
            due = pose.nanos() + random.nextLong(MOST_WAIT);
            phase = Phase.READY;
        });
    }

    private void ready(HeadPose pose) {
        if (amounts.any(pose) >= BEGUN) {
            broken("challenge-early", pose.nanos());
        } else if (pose.nanos() >= due) {
            firstShown = pose.nanos();
            show(pose.nanos());
        }
    }

    private void show(long nanos) {
        shown = nanos;
        there = false;
        phase = Phase.MOVE;
        reason = Reason.found("challenge-slow", "step", step + 1);
    }

    private void move(HeadPose pose) {
        Movement asked = prompt.get(step);
        double made = amounts.of(asked, pose);
        double other = amounts.others(asked, pose);
        if (made >= BEGUN && begun[step] == 0) {
            begun[step] = pose.nanos();
        } else if (made >= BEGUN && begun[step] - shown < REACTION) {
            // Two frames in a row: no mistake of the landmarks.
            fail("challenge-early", pose.nanos());
            return;
        }
        if (other >= 1 && other > made) {
            fail("challenge-other", pose.nanos());
        } else if (made >= 1) {
            // One frame alone may be the landmarks' mistake.
            if (there) {
                reached(pose);
            }
            there = true;
        } else if (pose.nanos() - shown > window) {
            fail("challenge-slow", pose.nanos());
        } else {
            there = false;
            begun[step] = made < BEGUN ? 0 : begun[step];
        }
    }

    private void reached(HeadPose pose) {
        due = pose.nanos() + LEAST_BREAK + random.nextLong(MOST_BREAK - LEAST_BREAK);
        boolean all = step == prompt.size() - 1;
        phase = all ? Phase.CONFIRM : Phase.BACK;
        finished = pose.nanos();
        if (all) {
            confirm(pose.nanos());
        }
    }

    private void back(HeadPose pose) {
        Movement made = prompt.get(step);
        // Whoever came nearer stays there: the next movements are measured from where they are.
        boolean stays = made == Movement.CLOSER;
        double others = amounts.others(made, pose);
        double left = stays ? 0 : amounts.of(made, pose);
        if (left < BEGUN && !stays && ended[step] == 0) {
            ended[step] = pose.nanos();
        }
        if (others >= STRAY) {
            // What comes next was not shown yet.
            fail("challenge-early", pose.nanos());
        } else if (pose.nanos() >= due && others < BEGUN && left < BEGUN) {
            ended[step] = ended[step] == 0 ? pose.nanos() : ended[step];
            amounts = stays ? amounts.from(pose.size()) : amounts;
            step++;
            show(pose.nanos());
        } else if (pose.nanos() - finished > window) {
            fail("challenge-slow", pose.nanos());
        }
    }

    private void confirm(long nanos) {
        for (boolean each : confirmed) {
            if (!each) {
                if (nanos - finished > CONFIRM) {
                    fail("challenge-unseen", nanos);
                }
                return;
            }
        }
        over(
                Phase.PASSED,
                nanos,
                new Reason(
                        "challenge-passed",
                        Map.of("movements", (double) prompt.size(), "ms", (finished - firstShown) / 1e6)));
    }

    private void fail(String code, long nanos) {
        over(Phase.FAILED, nanos, Reason.found(code, "step", step + 1));
    }

    private void over(Phase how, long nanos, Reason why) {
        phase = how;
        finished = nanos;
        reason = why;
    }
}
