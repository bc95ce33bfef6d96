package dev.lintel.tracking;

import dev.lintel.face.FaceBox;

/**
 * Where a face is and where it will be, if it goes on as it went: constant velocity of the box's centre and of the
 * logarithm of its size, each smoothed. Confined to its tracker's thread.
 */
final class Motion {
    /** Weight of the newest step in the velocity. */
    private static final double SMOOTHING = 0.5;

    /** No prediction goes further ahead than this: what was not seen for longer may have turned round. */
    private static final double HORIZON_S = 0.5;

    private FaceBox box;
    private long nanos;
    private double vx;
    private double vy;
    private double growth;

    Motion(FaceBox box, long nanos) {
        this.box = box;
        this.nanos = nanos;
    }

    /** Where the face was last seen. */
    FaceBox box() {
        return box;
    }

    /** When that was. */
    long nanos() {
        return nanos;
    }

    /** The face was seen again. */
    void seen(FaceBox now, long at) {
        double dt = (at - nanos) / 1e9;
        if (dt > 0) {
            // After a gap the mean velocity over it says little about the velocity now.
            double weight = dt > HORIZON_S ? SMOOTHING / 2 : SMOOTHING;
            vx += weight * ((now.centreX() - box.centreX()) / dt - vx);
            vy += weight * ((now.centreY() - box.centreY()) / dt - vy);
            growth += weight * (Math.log(size(now) / size(box)) / dt - growth);
        }
        box = now;
        nanos = at;
    }

    /** Where the face should be at a moment. */
    FaceBox predicted(long at) {
        double dt = Math.max(0, Math.min(HORIZON_S, (at - nanos) / 1e9));
        double scale = Math.exp(Math.max(-1, Math.min(1, growth * dt)));
        float width = (float) (box.width() * scale);
        float height = (float) (box.height() * scale);
        return new FaceBox(
                (float) (box.centreX() + vx * dt) - width / 2,
                (float) (box.centreY() + vy * dt) - height / 2,
                width,
                height);
    }

    private static double size(FaceBox b) {
        return Math.max(1, Math.sqrt(Math.max(1, b.area())));
    }
}
