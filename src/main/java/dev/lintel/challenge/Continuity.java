package dev.lintel.challenge;

/**
 * Whether a head moved as heads do, or a film was cut: between two frames everything is elsewhere, though nothing moved before and
 * after. A movement takes several frames, so that its steps are like those beside them.
 */
final class Continuity {
    /** What the landmarks' noise alone moves from frame to frame: place and size in distances of the eyes, angles in degrees. */
    private static final double[] NOISE = {0.012, 0.012, 0.012, 1.5, 2, 0.9};

    /** How much larger a step may be than those beside it. */
    private static final double GROWTH = 1.8;

    /** Noise of all six together that is no noise any more. */
    private static final double CUT = 4.5;

    /** Of slower frames each may hold more of a movement. */
    private static final double FRAME_S = 0.07;

    private final HeadPose[] last = new HeadPose[4];

    void clear() {
        java.util.Arrays.fill(last, null);
    }

    /** One more frame. Answers whether there was a cut before the frame before this one. */
    boolean cut(HeadPose pose) {
        System.arraycopy(last, 1, last, 0, 3);
        last[3] = pose;
        if (last[0] == null) {
            return false;
        }
        double[] before = rates(last[0], last[1]);
        double[] step = rates(last[1], last[2]);
        double[] after = rates(last[2], last[3]);
        double dt = seconds(last[1], last[2]);
        double slack = Math.max(1, (dt / FRAME_S) * (dt / FRAME_S));
        double sum = 0;
        for (int i = 0; i < step.length; i++) {
            double beside = Math.max(Math.abs(before[i]), Math.abs(after[i]));
            double over = (Math.abs(step[i]) - GROWTH * beside) * dt / (NOISE[i] * slack);
            sum += over > 0 ? over * over : 0;
        }
        return Math.sqrt(sum) > CUT;
    }

    private static double seconds(HeadPose from, HeadPose to) {
        return Math.max(1e-3, (to.nanos() - from.nanos()) / 1e9);
    }

    private static double[] rates(HeadPose from, HeadPose to) {
        double dt = seconds(from, to);
        return new double[] {
            (to.x() - from.x()) / from.size() / dt,
            (to.y() - from.y()) / from.size() / dt,
            Math.log(to.size() / from.size()) / dt,
            (to.yaw() - from.yaw()) / dt,
            (to.pitch() - from.pitch()) / dt,
            (to.roll() - from.roll()) / dt
        };
    }
}
