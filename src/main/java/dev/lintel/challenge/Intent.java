package dev.lintel.challenge;

import dev.lintel.challenge.IntentConfig.Ask;
import java.time.Duration;

/** Whether somebody before one camera wants in, so that passers-by are not recognised. Confined to its tracker's thread. */
public final class Intent {
    /** Looking towards the camera: so far may the head be turned or bowed. */
    private static final double FRONTAL_YAW = 25;

    private static final double FRONTAL_PITCH = 30;

    /** A face that was not seen for so long has looked away. */
    private static final long AWAY = Duration.ofMillis(600).toNanos();

    private final IntentConfig config;
    private long open = Long.MIN_VALUE;

    public Intent(IntentConfig config) {
        this.config = config;
    }

    /** Something said that somebody wants in. */
    public void woken(long nanos) {
        open = nanos + config.stays().toNanos();
    }

    /** For a face that has just appeared. */
    public Face face() {
        return new Face();
    }

    /** One face that is followed. */
    public final class Face {
        private boolean wants = config.ask() == Ask.NONE;
        private long since;
        private long last = Long.MIN_VALUE / 2;

        /**
         * The face in the next frame.
         *
         * @param width of the face, as a share of the picture's
         */
        public void frame(HeadPose pose, double width) {
            long nanos = pose.nanos();
            boolean looks = width >= config.near()
                    && Math.abs(pose.yaw()) <= FRONTAL_YAW
                    && Math.abs(pose.pitch()) <= FRONTAL_PITCH
                    && (config.ask() != Ask.BUTTON || nanos < open);
            if (!looks || nanos - last > AWAY) {
                since = nanos;
            }
            last = nanos;
            wants |= looks && nanos - since >= config.look().toNanos();
        }

        /** Whether it may be recognised. */
        public boolean wants() {
            return wants;
        }
    }
}
