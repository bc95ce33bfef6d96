package dev.lintel.challenge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Waits until a head is held still for a moment, and says how: what its movements are measured against. */
final class Rest {
    /** So long it must be still: much less than anybody needs to read, and longer than a film is by chance. */
    private static final long STILL = Duration.ofMillis(240).toNanos();

    private static final int LEAST_FRAMES = 3;

    /** What still is: the landmarks' own noise, and swaying. */
    private static final double MOST_DEGREES = 6;

    private static final double MOST_GROWTH = 0.07;
    private static final double MOST_SHIFT = 0.2;

    /** Farther turned than this, a movement to the same side can hardly be seen. */
    private static final double MOST_YAW = 35;

    private final Deque<HeadPose> poses = new ArrayDeque<>();

    void clear() {
        poses.clear();
    }

    /** The mean pose, once the head was still. */
    Optional<HeadPose> add(HeadPose pose) {
        poses.add(pose);
        while (poses.size() > LEAST_FRAMES && pose.nanos() - second().nanos() >= STILL) {
            poses.poll();
        }
        double size = mean(HeadPose::size);
        boolean still = poses.size() >= LEAST_FRAMES
                && pose.nanos() - poses.peek().nanos() >= STILL
                && range(HeadPose::yaw) <= MOST_DEGREES
                && range(HeadPose::pitch) <= MOST_DEGREES
                && range(p -> Math.log(p.size())) <= MOST_GROWTH
                && range(HeadPose::x) <= MOST_SHIFT * size
                && range(HeadPose::y) <= MOST_SHIFT * size
                && Math.abs(mean(HeadPose::yaw)) <= MOST_YAW;
        return still
                ? Optional.of(new HeadPose(
                        pose.nanos(),
                        mean(HeadPose::x),
                        mean(HeadPose::y),
                        size,
                        mean(HeadPose::yaw),
                        mean(HeadPose::pitch),
                        mean(HeadPose::roll),
                        mean(HeadPose::aside),
                        mean(HeadPose::down)))
                : Optional.empty();
    }

    private HeadPose second() {
        var all = poses.iterator();
        all.next();
        return all.next();
    }

    private double mean(ToDoubleFunction<HeadPose> value) {
        return poses.stream().mapToDouble(value).average().orElse(0);
    }

    private double range(ToDoubleFunction<HeadPose> value) {
        return poses.stream().mapToDouble(value).max().orElse(0)
                - poses.stream().mapToDouble(value).min().orElse(0);
    }
}
