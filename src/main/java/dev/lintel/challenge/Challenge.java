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
 * The head must be still first. A movement counts that begins after it was shown, later than anybody can read, is made
 * within its time, is the one that was asked for, goes on without a cut, and during which the face was recognised as the visit's.
 * Anything else fails it, for good. One that began later than people need is doubtful, since a film's moments are anywhere: then one
 * movement more is asked for. Plain; confined to its tracker's thread; time comes with the frames.
 */
final class Challenge {
    /** Nobody has read what a screen shows, and moved by {@link #UNDER_WAY}, within this. */
    private static final long REACTION = Duration.ofMillis(280).toNanos();

    /** Most people have begun by then. */
    private static final long PROMPT = Duration.ofMillis(2000).toNanos();

    /** Frames farther apart than this may hide anything between them. */
    private static final long GAP = Duration.ofMillis(350).toNanos();

    /** So long after the last movement the face may take to be recognised in it. */
    private static final long CONFIRM = Duration.ofMillis(1200).toNanos();

    /** Random waits before the first movement is shown, and before each further one. */
    private static final long MOST_WAIT = Duration.ofMillis(100).toNanos();

    private static final long LEAST_BREAK = Duration.ofMillis(50).toNanos();
    private static final long MOST_BREAK = Duration.ofMillis(180).toNanos();

    /** From so much of a movement on a head is not at rest, and below it is back. */
    private static final double BEGUN = 0.4;

    /** From so much on it is no noise of the landmarks for two frames in a row. */
    private static final double UNDER_WAY = 0.65;

    /** So much, after a frame in which it was under way, is no mistake of the landmarks either. */
    private static final double CLEARLY = 1.25;

    /** So much of another one is more than swaying on the way back. */
    private static final double STRAY = 0.8;

    enum Phase {
        /** The head is not still yet. */
        SETTLE,
        /** It was, and the first movement is shown in a moment. */
        READY,
        MOVE,
        /** A movement was made; the next one is shown in a moment. */
        MADE,
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
    private int steps;
    private boolean fading;
    private boolean nearer;
    private boolean there;
    private long due;
    private long shown;
    private long firstShown;
    private long last = Long.MIN_VALUE / 2;
    private long finished;
    private Reason reason = new Reason("challenge-still");

    /**
     * @param prompt what is asked for, in this order, the doubtful included
     * @param steps how many of them are asked for where nothing is doubtful
     */
    Challenge(List<Movement> prompt, int steps, Duration window, boolean mirrored, RandomGenerator random) {
        this.prompt = List.copyOf(prompt);
        this.steps = steps;
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
        return phase == Phase.MOVE ? Cue.move(prompt.get(step), step + 1, steps) : Cue.of(Cue.Kind.LOOK);
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
            case MADE -> made(pose);
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
        for (int i = 0; i < steps; i++) {
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
        double other = others(asked, pose);
        if (made >= UNDER_WAY && begun[step] == 0) {
            begun[step] = pose.nanos();
        } else if (made >= UNDER_WAY && begun[step] - shown < REACTION) {
            // Two frames in a row: no mistake of the landmarks.
            fail("challenge-early", pose.nanos());
            return;
        }
        if (other >= 1 && other > made) {
            fail("challenge-other", pose.nanos());
        } else if (made >= 1) {
            // One frame alone may be the landmarks' mistake.
            if (there || made >= CLEARLY && begun[step] < pose.nanos()) {
                reached(pose);
            }
            there = true;
        } else if (pose.nanos() - shown > window) {
            fail("challenge-slow", pose.nanos());
        } else {
            there = false;
            begun[step] = made < UNDER_WAY ? 0 : begun[step];
        }
    }

    /** The most of any movement but this one, the one before while it is taken back, and nearness that was asked for. */
    private double others(Movement asked, HeadPose pose) {
        Movement before = step == 0 || asked == prompt.get(step - 1) ? null : prompt.get(step - 1);
        if (before != null && fading && amounts.of(before, pose) < BEGUN) {
            fading = false;
            ended[step - 1] = pose.nanos();
        }
        double most = 0;
        for (Movement movement : Movement.values()) {
            boolean allowed =
                    movement == asked || fading && movement == before || nearer && movement == Movement.CLOSER;
            most = allowed ? most : Math.max(most, amounts.of(movement, pose));
        }
        return most;
    }

    private void reached(HeadPose pose) {
        if (fading) {
            ended[step - 1] = pose.nanos();
        }
        if (begun[step] - shown > PROMPT) {
            steps = Math.min(steps + 1, prompt.size());
        }
        due = pose.nanos() + LEAST_BREAK + random.nextLong(MOST_BREAK - LEAST_BREAK);
        nearer |= prompt.get(step) == Movement.CLOSER;
        boolean all = step == steps - 1;
        phase = all ? Phase.CONFIRM : Phase.MADE;
        finished = pose.nanos();
        if (all) {
            confirm(pose.nanos());
        }
    }

    private void made(HeadPose pose) {
        double others = others(prompt.get(step), pose);
        if (others >= STRAY) {
            // What comes next was not shown yet.
            fail("challenge-early", pose.nanos());
        } else if (pose.nanos() >= due && others < BEGUN) {
            step++;
            fading = true;
            show(pose.nanos());
        } else if (pose.nanos() - finished > window) {
            fail("challenge-slow", pose.nanos());
        }
    }

    private void confirm(long nanos) {
        for (int i = 0; i < steps; i++) {
            if (!confirmed[i]) {
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
                        "challenge-passed", Map.of("movements", (double) steps, "ms", (finished - firstShown) / 1e6)));
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
