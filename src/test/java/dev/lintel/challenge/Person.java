package dev.lintel.challenge;

import dev.lintel.access.Cue;
import dev.lintel.access.Movement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A person who does what the screen says: reads it in about half a second, moves in 250 to 600 ms, by 20 to 35 degrees, holds it for
 * a moment and comes back, and never stands quite still.
 */
public final class Person implements Actor {
    private final Random random;
    private final Head rest;
    private final double swaying;
    private final double slowness;
    private final List<Act> acts = new ArrayList<>();
    private Cue read;

    /** One movement: 0 before, 1 at its end, smoothly as arms and heads move (minimum jerk). */
    private record Act(Movement movement, double from, double amplitude, double length, double hold, double back) {
        double made(double now) {
            double ms = now - from;
            if (ms <= length) {
                return smooth(ms / length);
            }
            return movement == Movement.CLOSER || ms <= length + hold ? 1 : 1 - smooth((ms - length - hold) / back);
        }
    }

    /** @param slowness 1 for most people, 2 for slow ones */
    public Person(Random random, double slowness) {
        this.random = random;
        this.slowness = slowness;
        this.swaying = random.nextDouble(6);
        this.rest = new Head(
                random.nextDouble(200, 440),
                random.nextDouble(120, 240),
                random.nextDouble(35, 80),
                random.nextDouble(-8, 8),
                random.nextDouble(-8, 8),
                random.nextDouble(-5, 5),
                false);
    }

    @Override
    public Head at(double ms, Cue cue) {
        if (cue != null && cue.kind() == Cue.Kind.MOVE && !cue.equals(read)) {
            does(cue.movement(), ms + slowness * Math.max(260, 450 + 130 * random.nextGaussian()));
        }
        read = cue != null && cue.kind() == Cue.Kind.MOVE ? cue : read;
        if (cue != null && cue.kind() == Cue.Kind.AGAIN) {
            read = null;
        }
        double sway = Math.sin(ms / 700 + swaying);
        double yaw = rest.yaw() + 1.2 * sway;
        double pitch = rest.pitch() + 0.8 * Math.cos(ms / 900 + swaying);
        double scale = 1;
        for (Act act : acts) {
            double made = act.made(ms);
            switch (act.movement()) {
                case LEFT -> yaw += made * act.amplitude();
                case RIGHT -> yaw -= made * act.amplitude();
                case NOD -> pitch += made * act.amplitude();
                case UP -> pitch -= made * act.amplitude();
                case CLOSER -> scale *= 1 + made * act.amplitude() / 90;
            }
        }
        return rest.turned(yaw, pitch, scale).moved(0.02 * sway, 0.01 * sway, 1, 0, 0, 0);
    }

    /** Whatever the screen says. */
    void does(Movement movement, double from) {
        acts.add(new Act(
                movement,
                from,
                random.nextDouble(20, 35),
                slowness * random.nextDouble(250, 600),
                slowness * random.nextDouble(50, 350),
                slowness * random.nextDouble(250, 600)));
    }

    static double smooth(double share) {
        double t = Math.max(0, Math.min(1, share));
        return t * t * t * (10 + t * (6 * t - 15));
    }
}
